"""What can be asked of a pool."""

from typing import TypeAlias
from uuid import UUID

from domain.course_pools.details import PoolCourse, PoolMember
from domain.kernel import Command


class AboutPool(Command, frozen=True, kw_only=True):
    pool: UUID

    @property
    def subject(self) -> UUID:
        return self.pool


class ProposePool(AboutPool, frozen=True, kw_only=True):
    """A person puts these companies together; each of them is asked."""

    course: PoolCourse
    members: tuple[PoolMember, ...]


class AddPoolMember(AboutPool, frozen=True, kw_only=True):
    """Also one that declined before: it is asked anew."""

    member: PoolMember


class RemovePoolMember(AboutPool, frozen=True, kw_only=True):
    report: UUID
    reason: str


class AgreeToPool(AboutPool, frozen=True, kw_only=True):
    """The company agrees; `by_telephone` if it told the coordination."""

    report: UUID
    by_telephone: bool = False


class DeclinePool(AboutPool, frozen=True, kw_only=True):
    """The company need not say why; what was told by telephone is noted with its reason."""

    report: UUID
    reason: str = ""
    by_telephone: bool = False


class DissolvePool(AboutPool, frozen=True, kw_only=True):
    reason: str


PoolCommand: TypeAlias = (
    ProposePool | AddPoolMember | RemovePoolMember | AgreeToPool | DeclinePool | DissolvePool
)
