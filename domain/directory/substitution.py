"""Substitution for an absence: somebody else acts in the roles of a person, for a span of time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.directory.commands import EndSubstitution, GrantSubstitution
from domain.directory.errors import (
    NothingToSubstitute,
    OwnSubstitute,
    RoleNotHeld,
    SpanEndsBeforeItBegins,
    SubstituteAppointsThemselves,
    SubstitutionIsOver,
    UnknownSubstitute,
    UnknownSubstitution,
)
from domain.directory.events import SubstitutionEnded, SubstitutionGranted
from domain.directory.grant import Grant
from domain.kernel import Context, Role


class Substitution(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts in which roles of an account, and when."""

    substitute: UUID
    roles: tuple[Role, ...]
    since: datetime
    until: datetime
    has_ended: bool = False


def substitutions_after(
    substitutions: Mapping[UUID, Substitution], event: SubstitutionGranted | SubstitutionEnded
) -> Mapping[UUID, Substitution]:
    """By their ids. One that ended stays known: ending it again is no news."""
    match event:
        case SubstitutionGranted():
            this = Substitution(
                substitute=event.substitute, roles=event.roles, since=event.since, until=event.until
            )
        case SubstitutionEnded():
            before = substitutions.get(event.substitution)
            if before is None:
                return substitutions
            this = msgspec.structs.replace(before, has_ended=True)
    return {**substitutions, event.substitution: this}


def grant_substitution(
    command: GrantSubstitution, grants: Iterable[Grant], context: Context, *, is_known: bool
) -> Sequence[SubstitutionGranted]:
    """`grants` are the absent person's own; `is_known`: the substitute has an account."""
    if command.substitute == command.account:
        raise OwnSubstitute
    if str(command.substitute) in context.by.people:
        raise SubstituteAppointsThemselves
    if not is_known:
        raise UnknownSubstitute(str(command.substitute))
    if not command.roles:
        raise NothingToSubstitute
    if command.until <= command.since:
        raise SpanEndsBeforeItBegins(command.since.isoformat(), command.until.isoformat())
    if command.until <= context.at:
        raise SubstitutionIsOver(command.until.isoformat())
    held = {grant.role for grant in grants if grant.meets(command.since, command.until)}
    for role in command.roles:
        if role not in held:
            raise RoleNotHeld(role)
    return [
        SubstitutionGranted(
            account=command.account,
            substitution=command.substitution,
            substitute=command.substitute,
            roles=tuple(sorted(set(command.roles))),
            since=command.since,
            until=command.until,
            reason=command.reason,
        )
    ]


def end_substitution(
    command: EndSubstitution, substitution: Substitution | None
) -> Sequence[SubstitutionEnded]:
    """Before its time; again it is no news."""
    if substitution is None:
        raise UnknownSubstitution(str(command.substitution))
    if substitution.has_ended:
        return []
    return [
        SubstitutionEnded(
            account=command.account,
            substitution=command.substitution,
            substitute=substitution.substitute,
            reason=command.reason,
        )
    ]
