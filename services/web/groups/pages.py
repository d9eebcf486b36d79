"""The pages of the working groups, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.groups import agreement, group, groups, meeting

GROUP_PAGES: Sequence[Any] = (
    groups.list_groups,
    groups.establish,
    group.show_group,
    group.take_group_step,
    meeting.show_meeting,
    meeting.take_meeting_step,
    agreement.show_agreement,
    agreement.take_agreement_step,
)
