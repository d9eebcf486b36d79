"""What everybody may know of a working group is decided, and can be taken back."""

import pytest

from domain.working_groups.commands import PublishGroup, WithdrawGroupPublication
from domain.working_groups.errors import ReasonMissing, UnknownGroup
from domain.working_groups.events import WorkingGroupEvent
from domain.working_groups.events_publication import GroupPublicationWithdrawn, GroupPublished
from tests.domain.working_groups.example import (
    DISSOLVED,
    ESTABLISHED,
    GROUP_ID,
    group,
    record_after,
)

PUBLISH = PublishGroup(group=GROUP_ID)
PUBLISHED = GroupPublished(group=GROUP_ID)
WITHDRAW = WithdrawGroupPublication(group=GROUP_ID, reason="Irrtum")
WITHDRAWN = GroupPublicationWithdrawn(group=GROUP_ID, reason="Irrtum")
AT_WORK: tuple[WorkingGroupEvent, ...] = (ESTABLISHED,)
OVER: tuple[WorkingGroupEvent, ...] = (ESTABLISHED, DISSOLVED)


@pytest.mark.parametrize("history", [AT_WORK, OVER], ids=["at-work", "dissolved"])
def test_a_group_is_published_and_withdrawn_once_each(
    history: tuple[WorkingGroupEvent, ...],
) -> None:
    group.given(*history).when(WITHDRAW).then_nothing()
    group.given(*history).when(PUBLISH).then(PUBLISHED)
    group.given(*history, PUBLISHED).when(PUBLISH).then_nothing()
    group.given(*history, PUBLISHED).when(WITHDRAW).then(WITHDRAWN)
    group.given(*history, PUBLISHED, WITHDRAWN).when(PUBLISH).then(PUBLISHED)
    assert record_after(*history, PUBLISHED).is_public
    assert not record_after(*history, PUBLISHED, WITHDRAWN).is_public


def test_a_withdrawal_has_a_reason() -> None:
    given = group.given(ESTABLISHED, PUBLISHED)
    given.when(WithdrawGroupPublication(group=GROUP_ID, reason=" ")).then_refused(ReasonMissing)


def test_what_is_not_there_is_not_published() -> None:
    group.when(PUBLISH).then_refused(UnknownGroup, group=str(GROUP_ID))
