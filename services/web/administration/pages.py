"""All pages of the administration."""

from collections.abc import Sequence
from typing import Any

from services.web.administration.organisations import (
    list_organisations,
    new_organisation,
    register_organisation,
    rename_organisation,
    show_organisation,
)
from services.web.administration.overview import show_overview
from services.web.administration.people import (
    invite_person,
    list_people,
    new_person,
    record_address,
    register_person,
    show_person,
)
from services.web.administration.post import discard_mail, list_mail, retry_mail, show_mail
from services.web.administration.processes import list_processes
from services.web.administration.retention import (
    confirm_erasure,
    erase,
    export_file,
    lift_hold,
    list_cases,
    place_hold,
    show_case,
    take_step,
)
from services.web.administration.roles import (
    confirm_revocation,
    grant_role,
    new_role,
    revoke_role,
)
from services.web.administration.setup import show_setup
from services.web.administration.substitutions import (
    confirm_end,
    confirm_own_end,
    end_own_substitution,
    end_substitution,
    grant_own_substitution,
    grant_substitution,
    new_own_substitution,
    new_substitution,
)

ADMINISTRATION_PAGES: Sequence[Any] = (
    show_overview,
    list_organisations,
    new_organisation,
    register_organisation,
    show_organisation,
    rename_organisation,
    list_people,
    new_person,
    register_person,
    show_person,
    record_address,
    invite_person,
    new_role,
    grant_role,
    confirm_revocation,
    revoke_role,
    new_substitution,
    grant_substitution,
    confirm_end,
    end_substitution,
    new_own_substitution,
    grant_own_substitution,
    confirm_own_end,
    end_own_substitution,
    list_cases,
    show_case,
    confirm_erasure,
    erase,
    place_hold,
    lift_hold,
    take_step,
    export_file,
    list_processes,
    list_mail,
    show_mail,
    retry_mail,
    discard_mail,
    show_setup,
)
