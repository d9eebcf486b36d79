"""What happens to a pool. Why a company left it is sealed under the id of its report."""

from typing import Annotated, ClassVar, TypeAlias
from uuid import UUID

from domain.course_pools.details import PoolCourse, PoolMember
from domain.kernel import Erased, Event, personal

OfTheReport = Annotated[str | Erased, personal("report")]


class PoolProposed(Event, frozen=True, kw_only=True):
    """These companies are asked whether they fill a course together."""

    TOPIC: ClassVar[str] = "course-pool.proposed"
    pool: UUID
    course: PoolCourse
    members: tuple[PoolMember, ...]


class PoolMemberAdded(Event, frozen=True, kw_only=True):
    """One more company is asked, or one that declined is asked anew."""

    TOPIC: ClassVar[str] = "course-pool.member-added"
    pool: UUID
    report: UUID
    learners: int


class PoolMemberRemoved(Event, frozen=True, kw_only=True):
    """By the coordination, or because its report ended or changed."""

    TOPIC: ClassVar[str] = "course-pool.member-removed"
    pool: UUID
    report: UUID
    reason: OfTheReport


class PoolAgreed(Event, frozen=True, kw_only=True):
    """A company would take part with the others, whoever they are."""

    TOPIC: ClassVar[str] = "course-pool.agreed"
    pool: UUID
    report: UUID
    by_telephone: bool = False


class PoolDeclined(Event, frozen=True, kw_only=True):
    """A company does not take part; it does not count any more."""

    TOPIC: ClassVar[str] = "course-pool.declined"
    pool: UUID
    report: UUID
    reason: OfTheReport
    by_telephone: bool = False


class PoolFormed(Event, frozen=True, kw_only=True):
    """Everybody who is still in has agreed: from now on the `members` learn of each other."""

    TOPIC: ClassVar[str] = "course-pool.formed"
    pool: UUID
    members: tuple[PoolMember, ...]


class PoolDissolved(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "course-pool.dissolved"
    pool: UUID
    reason: str


PoolEvent: TypeAlias = (
    PoolProposed
    | PoolMemberAdded
    | PoolMemberRemoved
    | PoolAgreed
    | PoolDeclined
    | PoolFormed
    | PoolDissolved
)
