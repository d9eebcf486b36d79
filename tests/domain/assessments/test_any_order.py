"""Rounds and instruments asked for anything, in any order: what is recorded folds and stays so."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from domain.assessments.commands import (
    ApproveVersion,
    CancelRound,
    CloseWindow,
    CompareRounds,
    DraftVersion,
    EscalateRound,
    ExtendWindow,
    InstrumentCommand,
    OpenWindow,
    ReleaseRound,
    RemindColleges,
    RetireVersion,
    ReturnVersion,
    RoundCommand,
    ScheduleRetest,
    SubmitVersion,
)
from domain.assessments.context import InstrumentContext, RoundContext
from domain.assessments.decide_instrument import INSTRUMENT
from domain.assessments.decide_round import ROUND
from domain.assessments.definition import Definition
from domain.assessments.events import InstrumentEvent, Missing, RoundEvent, VersionApproved
from domain.assessments.instrument import Approved, Registered, Retired, definition_digest
from domain.assessments.round import Closed, Compared, Open, Released, stage_of
from domain.kernel import Actor, DomainError
from tests.domain.assessments.example import (
    ANNOUNCED,
    BELL,
    DEFINITION,
    ELA,
    FINN,
    FIRST,
    INSTRUMENT_KEY,
    LFS,
    MEASURES,
    MISSING,
    OPENS_AT,
    RBK,
    REGISTERED,
    REMINDER,
    RETEST,
)
from tests.domain.county import ADA, NRW

STAGES = ("announced", "open", "closed", "released")
moments = st.timedeltas(timedelta(days=-1), timedelta(days=60)).map(lambda d: OPENS_AT + d)
round_commands: st.SearchStrategy[RoundCommand] = st.one_of(
    st.just(OpenWindow(round=FIRST)),
    st.builds(
        RemindColleges,
        round=st.just(FIRST),
        moment=st.sampled_from([None, REMINDER, REMINDER + timedelta(days=1)]),
    ),
    st.builds(
        ExtendWindow,
        round=st.just(FIRST),
        closes_at=moments,
        reason=st.just("Umzug."),
        colleges=st.lists(st.sampled_from([LFS, RBK]), max_size=2).map(tuple),
    ),
    st.just(EscalateRound(round=FIRST)),
    st.just(CloseWindow(round=FIRST)),
    st.just(ReleaseRound(round=FIRST, classes=2)),
    st.just(ScheduleRetest(round=FIRST, retest=RETEST)),
    st.just(CompareRounds(round=FIRST, classes=2)),
    st.builds(CancelRound, round=st.just(FIRST), reason=st.sampled_from(["", "Bekannt."])),
)
asked = st.tuples(
    round_commands,
    st.timedeltas(timedelta(), timedelta(days=20)),
    st.sampled_from([ADA, BELL, BELL]),
    st.sampled_from([MISSING[:0], MISSING]),
)


@given(asked=st.lists(asked, max_size=25))
def test_a_round_goes_forward_only_and_no_window_closes_before_its_time(
    asked: Sequence[tuple[RoundCommand, timedelta, Actor, tuple[Missing, ...]]],
) -> None:
    events: list[RoundEvent] = [ANNOUNCED]
    at = OPENS_AT - timedelta(days=1)
    for command, elapsed, by, missing in asked:
        at += elapsed
        before = ROUND.replay(events)
        context = RoundContext(by=by, at=at, calendar=NRW, missing=missing)
        try:
            events += ROUND.decide(command, before, context)
        except DomainError:
            continue
        after = ROUND.replay(events)
        if stage_of(before) in STAGES and stage_of(after) in STAGES:
            assert STAGES.index(stage_of(after)) - STAGES.index(stage_of(before)) in {0, 1}
        if isinstance(after, Open):
            assert at >= after.plan.opens_at
            assert after.plan.closes_at >= ANNOUNCED.closes_at
        if isinstance(before, Open) and isinstance(after, Closed):
            assert at >= before.plan.ends_at or (by is ADA and not missing)
        if isinstance(before, Released | Compared):
            assert isinstance(after, Released | Compared)


OTHER = msgspec.structs.replace(
    DEFINITION, norms=msgspec.structs.replace(DEFINITION.norms, people=99)
)
definitions = st.sampled_from([DEFINITION, OTHER])
versions = st.integers(1, 3)
reasons = st.sampled_from(["Darum.", " "])
named = {"instrument": st.just(INSTRUMENT_KEY), "version": versions}
instrument_commands: st.SearchStrategy[InstrumentCommand] = st.one_of(
    st.builds(DraftVersion, definition=definitions, **named),
    st.builds(SubmitVersion, **named),
    st.builds(ReturnVersion, reason=reasons, **named),
    st.builds(ApproveVersion, digest=definitions.map(definition_digest), **named),
    st.builds(RetireVersion, reason=reasons, **named),
)


@given(
    asked=st.lists(st.tuples(instrument_commands, st.sampled_from([ADA, ELA, FINN])), max_size=30)
)
def test_an_approved_version_never_changes_and_none_of_its_authors_approved_it(
    asked: Sequence[tuple[InstrumentCommand, Actor]],
) -> None:
    events: list[InstrumentEvent] = [REGISTERED]
    approved: dict[int, Definition] = {}
    for command, by in asked:
        context = InstrumentContext(
            by=by,
            at=OPENS_AT,
            measures=MEASURES,
            programmes=frozenset({"A01"}),
            trades=frozenset({"10-10004"}),
        )
        try:
            decided = INSTRUMENT.decide(command, INSTRUMENT.replay(events), context)
        except DomainError:
            continue
        events += decided
        state = INSTRUMENT.replay(events)
        assert isinstance(state, Registered)
        assert list(state.versions) == list(range(1, len(state.versions) + 1))
        for event in decided:
            if isinstance(event, VersionApproved):
                written = state.versions[event.version].written
                assert event.approver not in written.authors
                approved[event.version] = written.definition
        for number, definition in approved.items():
            assert isinstance(state.versions[number], Approved | Retired)
            assert state.versions[number].written.definition == definition
