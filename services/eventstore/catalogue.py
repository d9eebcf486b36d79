"""Every event of every context: what the store can read and write."""

from typing import get_args

from domain.chronicle.entry import EntryDocumented
from domain.concepts.events import ConceptEvent, FrameworkEditionPublished
from domain.directory.events import AccountEvent, MunicipalityEvent, OrganisationEvent
from domain.kernel import Event
from domain.ledger.key import KeyAdopted
from domain.privacy.events import SubjectEvent
from domain.retention.events import RetentionEvent

EVENTS: tuple[type[Event], ...] = (
    *get_args(MunicipalityEvent),
    *get_args(OrganisationEvent),
    *get_args(AccountEvent),
    FrameworkEditionPublished,
    *get_args(ConceptEvent),
    EntryDocumented,
    *get_args(SubjectEvent),
    *get_args(RetentionEvent),
    KeyAdopted,
)
