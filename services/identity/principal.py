"""Who is asking: a person with their roles, a process, or the operator at the console."""

from datetime import datetime

import msgspec

from domain.directory.account import Grant
from domain.kernel import Role

_GRANTS = msgspec.json.Decoder(tuple[Grant, ...])


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Comes from the session only, never from what the client says.

    Among the grants are those of people they substitute for, which name them.
    """

    account: str
    grants: tuple[Grant, ...]
    signed_in: str

    def grants_at(self, moment: datetime) -> tuple[Grant, ...]:
        """The roles held at this moment."""
        return tuple(grant for grant in self.grants if grant.holds_at(moment))


def grants_of(account: str) -> str:
    """SQL for the grants of an account, as the text of a JSON list; `account` is SQL for its id.

    The person's own come first, then those of whom they substitute for, as long as both hold.
    What they hold as a substitute themselves is nobody else's to have.
    """
    return f"""coalesce((
        select jsonb_agg(to_jsonb(held) - 'position' order by held.substitutes, held.position)
        from (
            select own.position, own.role, own.organisation, own.municipality, own.since,
                own.until, '' as substitutes
            from account_grant own where own.account = {account}
            union all
            select absent.position, absent.role, absent.organisation, absent.municipality,
                greatest(absent.since, s.since), least(absent.until, s.until), s.account::text
            from account_substitution s join account_grant absent
                on absent.account = s.account and absent.role = any(s.roles)
            where s.substitute = {account} and s.ended_at is null
        ) as held
    ), '[]')::text"""  # noqa: S608 (the callers' own words)


def read_grants(text: str) -> tuple[Grant, ...]:
    """What `grants_of` gave."""
    return _GRANTS.decode(text)


def process(workflow_id: str) -> Principal:
    """A workflow that acts because its time has come."""
    return Principal(
        account=workflow_id,
        grants=(Grant(role=Role.PROCESS, organisation=""),),
        signed_in="workflow",
    )


CONSOLE = Principal(
    account="console",
    grants=(
        Grant(role=Role.ADMINISTRATOR, organisation=""),
        Grant(role=Role.COORDINATOR, organisation=""),
    ),
    signed_in="console",
)
"""Whoever may run the service's own commands on its machine."""
