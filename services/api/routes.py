"""The routes of the API."""

from collections.abc import Sequence
from typing import Any

from litestar import Router

from services.api import bounds
from services.api.accounts import AccountController
from services.api.administration import (
    record_employer,
    register_municipality,
    register_organisation,
)
from services.api.adoption import AdoptionController
from services.api.agenda import AgendaController
from services.api.agenda_proceedings import ProceedingsController
from services.api.agreements import list_agreements
from services.api.agreements_of_groups import AgreementController
from services.api.annual_report import AnnualReportController
from services.api.assessment_rounds import AssessmentRoundController
from services.api.attendance import AttendanceController
from services.api.audit import ConceptHistoryController, follow_news
from services.api.audit_processes import ProcessController
from services.api.audit_tasks import LogTaskController
from services.api.bodies import BodyController
from services.api.catalogues import (
    list_accommodations,
    list_fields,
    list_levels,
    list_measures,
    list_programmes,
    list_trades,
)
from services.api.class_imports import import_class_list
from services.api.classes import ClassController
from services.api.colleges import CollegeController
from services.api.company_intake import CompanyIntakeController
from services.api.company_own import OwnReportController
from services.api.company_own_pools import OwnPoolController
from services.api.company_report_courses import CompanyReportCourseController
from services.api.company_report_steps import CompanyReportStepController
from services.api.company_reports import CompanyReportController
from services.api.concepts import ConceptController
from services.api.consultations import ConsultationController
from services.api.county_figures import CountyFiguresController, read_statistics
from services.api.course_offer_files import CourseListController
from services.api.course_offers import CourseOfferController, list_course_types
from services.api.course_pool_files import CoursePoolExportController
from services.api.course_pools import CoursePoolController
from services.api.directory import (
    list_municipalities,
    list_organisations,
    read_chronicle,
    read_me,
)
from services.api.explanations import list_problems, read_front, read_problem
from services.api.feedback import FeedbackController
from services.api.findings import FindingController
from services.api.framework import FrameworkController
from services.api.goal_kinds import list_goal_kinds
from services.api.goals import GoalController
from services.api.group_meetings import GroupMeetingController
from services.api.health import check_live, check_ready
from services.api.holds import HoldController
from services.api.instruments import InstrumentController
from services.api.learners import LearnerController
from services.api.ledger import LedgerController, read_receipt
from services.api.letter_papers import LetterPaperController
from services.api.looks import list_looks
from services.api.mail import MailController, choose_mail, read_mail_choice
from services.api.meanings import MeaningController
from services.api.metrics import Metrics
from services.api.minutes import MinutesController
from services.api.need_review_steps import EvidenceController, ReviewProposalController
from services.api.need_reviews import NeedReviewController
from services.api.operations import load_results, read_operation
from services.api.pool_suggestions import PoolSuggestionController
from services.api.post_exports import PostExportController
from services.api.post_steps import PostStepController
from services.api.posts import PostController
from services.api.privacy import SubjectController
from services.api.processes import list_processes
from services.api.report_figures import ReportFiguresController
from services.api.report_matches import ReportMatchController
from services.api.resolution_ends import ResolutionEndController, list_follow_up
from services.api.resolution_steps import ResolutionStepController
from services.api.resolutions import ResolutionController
from services.api.responses import ResponseController, list_requests
from services.api.result_files import ResultFilesController
from services.api.result_templates import ResultTemplateController
from services.api.results import ResultsController
from services.api.retention import RetentionController
from services.api.retention_steps import RetentionStepController
from services.api.school_years import SchoolYearController
from services.api.search import list_hits
from services.api.seats import SeatController
from services.api.sections import SectionController
from services.api.security import (
    end_sessions,
    invite_account,
    read_security_log,
    remove_second_factor,
)
from services.api.session_papers import SessionPaperController
from services.api.session_planning import SessionPlanningController
from services.api.sessions import SessionController
from services.api.substitutions import (
    SubstitutionController,
    list_colleagues,
    list_my_substitutions,
)
from services.api.tasks import list_tasks
from services.api.themes import ThemeController
from services.api.themes_agenda import ThemeAgendaController
from services.api.tiles import read_checkpoint, read_entries, read_keys, read_tile
from services.api.trace import TraceController
from services.api.trail import TrailController
from services.api.votes import VoteController
from services.api.working_group_members import GroupMemberController
from services.api.working_groups import WorkingGroupController
from services.oparl.routes import oparl_router


def api() -> Router:
    """What needs a sign-in."""
    return Router(
        path="/api/v1",
        route_handlers=[
            ConceptController,
            SectionController,
            ConsultationController,
            ResponseController,
            AdoptionController,
            ConceptHistoryController,
            FrameworkController,
            list_fields,
            FindingController,
            ThemeController,
            ThemeAgendaController,
            BodyController,
            SeatController,
            SessionController,
            SessionPlanningController,
            AgendaController,
            ProceedingsController,
            AttendanceController,
            VoteController,
            MinutesController,
            SessionPaperController,
            ResolutionController,
            ResolutionStepController,
            ResolutionEndController,
            list_follow_up,
            LetterPaperController,
            NeedReviewController,
            EvidenceController,
            ReviewProposalController,
            TraceController,
            InstrumentController,
            read_statistics,
            AssessmentRoundController,
            CountyFiguresController,
            list_levels,
            list_programmes,
            list_trades,
            list_measures,
            list_accommodations,
            CollegeController,
            ClassController,
            import_class_list,
            list_looks,
            ResultsController,
            ResultTemplateController,
            ResultFilesController,
            MeaningController,
            LearnerController,
            load_results,
            read_operation,
            SubjectController,
            HoldController,
            RetentionController,
            RetentionStepController,
            SchoolYearController,
            PostController,
            PostStepController,
            PostExportController,
            GoalController,
            list_goal_kinds,
            CompanyReportController,
            CompanyReportStepController,
            CompanyReportCourseController,
            ReportMatchController,
            ReportFiguresController,
            PoolSuggestionController,
            AnnualReportController,
            CourseOfferController,
            CourseListController,
            list_course_types,
            CoursePoolController,
            CoursePoolExportController,
            WorkingGroupController,
            GroupMemberController,
            GroupMeetingController,
            AgreementController,
            list_agreements,
            list_requests,
            list_tasks,
            read_me,
            read_mail_choice,
            choose_mail,
            MailController,
            list_processes,
            list_my_substitutions,
            list_colleagues,
            SubstitutionController,
            list_municipalities,
            list_organisations,
            list_hits,
            read_chronicle,
            Router(
                path="/",
                route_handlers=[
                    AccountController,
                    register_municipality,
                    record_employer,
                    register_organisation,
                ],
                tags=["Administration"],
            ),
            TrailController,
            ProcessController,
            follow_news,
            LogTaskController,
            FeedbackController,
            read_security_log,
            invite_account,
            end_sessions,
            remove_second_factor,
            LedgerController,
            read_receipt,
        ],
        before_request=bounds.bodies_are_json,
        security=[{"token": []}],
    )


def company_doors() -> Router:
    """What companies ask, which have no account: the form, and what becomes of it."""
    return Router(
        path="/api/v1/reports",
        route_handlers=[CompanyIntakeController, OwnReportController, OwnPoolController],
        before_request=bounds.bodies_are_json,
    )


def open_routes() -> Sequence[Any]:
    """What everybody may ask."""
    return [
        company_doors(),
        read_front,
        list_problems,
        read_problem,
        check_live,
        check_ready,
        read_checkpoint,
        read_keys,
        read_entries,
        read_tile,
        oparl_router(),
        Metrics,
    ]
