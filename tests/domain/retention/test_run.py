"""What the daily run does next with each file."""

from datetime import date

import msgspec
import pytest

from domain.retention.classes import Erasing, PersonFile
from domain.retention.commands import (
    ConfirmErasure,
    ProposeErasure,
    RecordArchiveAnswer,
    RetentionCommand,
    WithdrawProposal,
)
from domain.retention.decide import FILE, FileContext
from domain.retention.events import ArchiveAnswer, ErasurePostponed, ProposalWithdrawn
from domain.retention.file import FileEvent
from domain.retention.run import next_step
from tests.domain.county import BERLIN, berlin
from tests.domain.retention.example import (
    ANSWER_DUE,
    CONFIRMED,
    DECLINED,
    DORA,
    ERASED,
    HELD,
    KEPT,
    LATER,
    OFFERED,
    PROPOSED,
    RETAINED,
    RUN,
    THEN,
)

CONTEXT = FileContext(by=RUN, at=THEN, zone=BERLIN, kept=KEPT, retained=RETAINED, is_known=True)
OPEN = msgspec.structs.replace(CONTEXT, kept=PersonFile(retention_class="accounts", closed_on=None))
AUTOMATIC = msgspec.structs.replace(
    PROPOSED,
    retention_class=msgspec.structs.replace(
        RETAINED, silence_is_declined=True, erasing=Erasing.AUTOMATIC
    ),
)
PUT_OFF = ErasurePostponed(subject=DORA, until=date(2032, 6, 1), reason="")
WITHDRAWN = ProposalWithdrawn(subject=DORA, reason="")

PROPOSE = ProposeErasure(person=DORA)
WITHDRAW = WithdrawProposal(person=DORA)
SILENCE = RecordArchiveAnswer(person=DORA, answer=ArchiveAnswer.SILENT)
CONFIRM = ConfirmErasure(person=DORA)


def at(*when: int) -> FileContext:
    return msgspec.structs.replace(CONTEXT, at=berlin(*when))


AFTERWARDS = msgspec.structs.replace(CONTEXT, at=LATER)
CLOSED_ANEW = msgspec.structs.replace(
    at(2040, 1, 1), kept=PersonFile(retention_class="accounts", closed_on=date(2034, 5, 5))
)


@pytest.mark.parametrize(
    ("given", "context", "expected"),
    [
        pytest.param((), CONTEXT, PROPOSE, id="due"),
        pytest.param((), at(2031, 12, 31), None, id="not yet due"),
        pytest.param((), OPEN, None, id="open"),
        pytest.param((HELD,), CONTEXT, None, id="under a hold"),
        pytest.param((PROPOSED,), CONTEXT, None, id="the offer is for people"),
        pytest.param((PROPOSED,), OPEN, WITHDRAW, id="open again"),
        pytest.param((PROPOSED, HELD), OPEN, WITHDRAW, id="open again under a hold"),
        pytest.param((PROPOSED, OFFERED), AFTERWARDS, None, id="silence says nothing"),
        pytest.param((AUTOMATIC, OFFERED), CONTEXT, None, id="the archive has time"),
        pytest.param((AUTOMATIC, OFFERED), AFTERWARDS, SILENCE, id="silence counts"),
        pytest.param((AUTOMATIC, OFFERED, PUT_OFF), AFTERWARDS, None, id="postponed"),
        pytest.param((PROPOSED, OFFERED, DECLINED), CONTEXT, None, id="to be confirmed"),
        pytest.param((AUTOMATIC, OFFERED, DECLINED), CONTEXT, CONFIRM, id="automatic"),
        pytest.param((AUTOMATIC, OFFERED, DECLINED, HELD), CONTEXT, None, id="automatic, held"),
        pytest.param((AUTOMATIC,), CONTEXT, None, id="automatic, but the archive comes first"),
        pytest.param((PROPOSED, WITHDRAWN), CONTEXT, None, id="withdrawn by a person"),
        pytest.param((PROPOSED, WITHDRAWN), CLOSED_ANEW, PROPOSE, id="withdrawn, closed anew"),
        pytest.param((PROPOSED, OFFERED, DECLINED, CONFIRMED, ERASED), CONTEXT, None, id="erased"),
    ],
)
def test_the_run_takes_the_next_step_or_leaves_it_to_people(
    given: tuple[FileEvent, ...], context: FileContext, expected: RetentionCommand | None
) -> None:
    assert next_step(DORA, FILE.replay(given), context) == expected


def test_what_was_withdrawn_because_it_was_open_again_is_proposed_again() -> None:
    reopened = msgspec.structs.replace(WITHDRAWN, is_not_due=True)
    assert next_step(DORA, FILE.replay([PROPOSED, reopened]), CONTEXT) == PROPOSE


def test_the_answer_is_due_at_midnight_after_its_last_day() -> None:
    assert berlin(2032, 2, 1) == ANSWER_DUE
