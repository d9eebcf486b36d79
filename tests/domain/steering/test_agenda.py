"""The agenda: what may stand on it, and from when on it does not change."""

from uuid import UUID

import msgspec
import pytest

from domain.steering.agenda import AgendaItem, Alternative, ItemKind, item_digest
from domain.steering.agenda_errors import (
    AgendaIsEmpty,
    AgendaIsFrozen,
    AgendaNotWhole,
    AlternativesMissing,
    AlternativeUnclear,
    ItemAlreadyProposed,
    ItemIsPublished,
    ItemTitleMissing,
    NothingToFollowUp,
    OnlyOneWording,
    ThemeMissing,
    ThemeNotReady,
    UnknownItem,
)
from domain.steering.agenda_events import (
    AgendaOrdered,
    AgendaReopened,
    ItemProposed,
    ItemRevised,
    ItemWithdrawn,
)
from domain.steering.minutes_events import ItemPublished
from domain.steering.session import Frozen, Scheduled
from domain.steering.session_commands import (
    FreezeAgenda,
    OrderAgenda,
    ProposeItem,
    ReopenAgenda,
    ReviseItem,
    WithdrawItem,
)
from domain.steering.session_errors import AgendaNotFrozen, SessionReasonMissing
from tests.domain.steering.session_example import (
    CIRCULAR,
    CIRCULAR_ID,
    FOUND,
    FROZEN,
    HELD,
    ITEMS,
    PLANNED,
    PROPOSAL,
    READY,
    REPORT,
    REVIEW,
    SCHEDULED,
    SESSION_ID,
    THEME,
    after,
    frozen,
    meeting,
    member,
    proposed,
    session,
)

FREEZE = FreezeAgenda(session=SESSION_ID)
REOPENED = AgendaReopened(reason="Nachtrag")
WORKSHOP = AgendaItem(item=UUID(int=9), kind=ItemKind.WORKSHOP, title="Blick in die Praxis")


def propose(item: AgendaItem) -> ProposeItem:
    return ProposeItem(session=SESSION_ID, item=item)


def test_an_item_is_proposed_by_somebody_of_an_organisation() -> None:
    by = msgspec.structs.replace(member("emil", "dora"), organisation="jobcenter")
    session.given(SCHEDULED).when(propose(WORKSHOP), by=by).then(
        ItemProposed(item=WORKSHOP, proposer="emil", organisation="jobcenter", substitutes="dora")
    )
    session.given(SCHEDULED, proposed(WORKSHOP)).when(propose(WORKSHOP)).then_nothing()


def test_an_item_has_an_id_of_its_own() -> None:
    other = msgspec.structs.replace(WORKSHOP, item=REPORT.item)
    session.given(*PLANNED).when(propose(other)).then_refused(ItemAlreadyProposed)


@pytest.mark.parametrize(
    ("item", "error"),
    [
        (msgspec.structs.replace(WORKSHOP, title=" "), ItemTitleMissing),
        (msgspec.structs.replace(WORKSHOP, kind=ItemKind.THEME), ThemeMissing),
        (msgspec.structs.replace(WORKSHOP, kind=ItemKind.FOLLOW_UP), NothingToFollowUp),
        (msgspec.structs.replace(WORKSHOP, kind=ItemKind.PROPOSAL), AlternativesMissing),
        (msgspec.structs.replace(WORKSHOP, alternatives=(FOUND,)), AlternativesMissing),
        (msgspec.structs.replace(PROPOSAL, alternatives=(FOUND, FOUND)), AlternativeUnclear),
        (
            msgspec.structs.replace(PROPOSAL, alternatives=(Alternative(key="a", text=" "),)),
            AlternativeUnclear,
        ),
        (msgspec.structs.replace(WORKSHOP, themes=(UUID(int=8),)), ThemeNotReady),
    ],
)
def test_an_item_is_whole(item: AgendaItem, error: type[Exception]) -> None:
    with pytest.raises(error):
        session.given(SCHEDULED).when(propose(item)).decided()
    held_back = (SCHEDULED, proposed(item))
    with pytest.raises(error):
        session.given(*held_back).when(FREEZE).decided()


def test_a_theme_with_too_few_cases_does_not_get_on_an_agenda_nor_stay_on_it() -> None:
    theme = AgendaItem(item=UUID(int=5), kind=ItemKind.THEME, title="Sprache", themes=(THEME,))
    session.given(SCHEDULED).when(propose(theme)).then(proposed(theme))
    no_longer = session.given(SCHEDULED, proposed(theme)).knowing(ready_themes=frozenset())
    no_longer.when(FREEZE).then_refused(ThemeNotReady, theme=str(THEME))
    no_longer.when(ReviseItem(session=SESSION_ID, item=PROPOSAL)).then_refused(UnknownItem)


def test_an_item_is_revised_while_the_agenda_is_open() -> None:
    revised = msgspec.structs.replace(REPORT, title="Bericht")
    revise = ReviseItem(session=SESSION_ID, item=revised)
    session.given(*PLANNED).when(revise).then(ItemRevised(item=revised))
    session.given(*PLANNED, ItemRevised(item=revised)).when(revise).then_nothing()
    state = after(*PLANNED, ItemRevised(item=revised))
    assert isinstance(state, Scheduled)
    assert state.record.items == (revised, PROPOSAL)
    blank = ReviseItem(session=SESSION_ID, item=msgspec.structs.replace(REPORT, title=""))
    session.given(*PLANNED).when(blank).then_refused(ItemTitleMissing)


def test_an_item_is_withdrawn_for_a_reason() -> None:
    withdraw = WithdrawItem(session=SESSION_ID, item=REPORT.item, reason="Später")
    withdrawn = ItemWithdrawn(item=REPORT.item, reason="Später")
    session.given(*PLANNED).when(withdraw).then(withdrawn)
    session.given(*PLANNED, withdrawn).when(withdraw).then_refused(UnknownItem)
    silent = msgspec.structs.replace(withdraw, reason=" ")
    session.given(*PLANNED).when(silent).then_refused(SessionReasonMissing)


def test_an_order_names_every_item_once() -> None:
    one, two = REPORT.item, PROPOSAL.item
    ordered = AgendaOrdered(items=(two, one))
    session.given(*PLANNED).when(OrderAgenda(session=SESSION_ID, items=(two, one))).then(ordered)
    session.given(*PLANNED).when(OrderAgenda(session=SESSION_ID, items=(one, two))).then_nothing()
    for wrong in ((one,), (one, one, two), (one, UUID(int=8))):
        session.given(*PLANNED).when(OrderAgenda(session=SESSION_ID, items=wrong)).then_refused(
            AgendaNotWhole
        )
    session.given(*PLANNED, ordered).when(FREEZE).then(frozen(PROPOSAL, REPORT))


def test_a_frozen_agenda_does_not_change() -> None:
    session.given(*PLANNED).when(FREEZE).then(frozen(*ITEMS))
    session.given(*FROZEN).when(FREEZE).then_nothing()
    assert isinstance(after(*FROZEN), Frozen)
    for change in (
        propose(WORKSHOP),
        ReviseItem(session=SESSION_ID, item=msgspec.structs.replace(REPORT, title="Bericht")),
        WithdrawItem(session=SESSION_ID, item=REPORT.item, reason="Später"),
        OrderAgenda(session=SESSION_ID, items=(PROPOSAL.item, REPORT.item)),
    ):
        for history in (FROZEN, READY, meeting(), HELD):
            session.given(*history).when(change).then_refused(AgendaIsFrozen)


def test_an_empty_agenda_is_not_frozen() -> None:
    session.given(SCHEDULED).when(FREEZE).then_refused(AgendaIsEmpty)


def test_an_agenda_is_reopened_for_a_reason_before_the_session() -> None:
    reopen = ReopenAgenda(session=SESSION_ID, reason="Nachtrag")
    session.given(*READY).when(reopen).then(REOPENED)
    assert isinstance(after(*READY, REOPENED), Scheduled)
    session.given(*READY).when(ReopenAgenda(session=SESSION_ID, reason="")).then_refused(
        SessionReasonMissing
    )
    session.given(*meeting()).when(reopen).then_refused(AgendaNotFrozen, stage="open")


def test_what_everybody_may_see_is_withdrawn_from_there_before_it_changes() -> None:
    published = ItemPublished(item=REPORT.item, digest=item_digest(REPORT))
    history = (*READY, published, REOPENED)
    revised = msgspec.structs.replace(REPORT, title="Bericht")
    for change in (
        ReviseItem(session=SESSION_ID, item=revised),
        WithdrawItem(session=SESSION_ID, item=REPORT.item, reason="Später"),
    ):
        session.given(*history).when(change).then_refused(ItemIsPublished, item=str(REPORT.item))


def test_in_writing_there_is_one_wording_to_say_yes_or_no_to() -> None:
    for item in (msgspec.structs.replace(PROPOSAL, alternatives=(FOUND, REVIEW)), WORKSHOP):
        asked = ProposeItem(session=CIRCULAR_ID, item=item)
        session.given(CIRCULAR[0]).when(asked).then_refused(OnlyOneWording, item=str(item.item))
