"""The file of a person: whether it is erased, what holds it, and how far its case is."""

from typing import TypeAlias

import msgspec

from domain.privacy.events import HoldLifted, HoldPlaced, SubjectErased, SubjectEvent
from domain.privacy.subject import Subject
from domain.privacy.subject import evolve as evolve_subject
from domain.retention.case import Case, NotProposed
from domain.retention.case import evolve as evolve_case
from domain.retention.events import RetentionEvent

FileEvent: TypeAlias = SubjectEvent | RetentionEvent


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One stream has all of it, so that no erasure passes a hold that was placed meanwhile."""

    subject: Subject = Subject()
    case: Case = NotProposed()


def evolve(file: File, event: FileEvent) -> File:
    match event:
        case HoldPlaced() | HoldLifted() | SubjectErased():
            return msgspec.structs.replace(file, subject=evolve_subject(file.subject, event))
        case _:
            return msgspec.structs.replace(file, case=evolve_case(file.case, event))
