"""What decisions about findings and themes look at beside their aggregate, as far as needed."""

from collections.abc import Mapping
from uuid import UUID

from domain.directory.municipality import Municipality
from domain.findings.finding import Finding
from domain.findings.theme import Theme
from domain.findings.theme import Unknown as NoTheme
from domain.kernel import Context


class FindingContext(Context, frozen=True, kw_only=True):
    """`municipality` is the one named in the command, `fields` the keys of the catalogue.

    `theme` is the one named in the command. To release, it is the one the finding is in now:
    where the theme it was taken into was merged, the one that goes on.
    """

    municipality: Municipality = Municipality()
    fields: frozenset[str] = frozenset()
    theme: Theme = NoTheme()


class ThemeContext(Context, frozen=True, kw_only=True):
    """`merged` are the themes that were merged into this one, also by way of others.

    `findings` are those taken into this theme or one of these, by id. `into` is the theme to
    merge with.
    """

    merged: frozenset[UUID] = frozenset()
    findings: Mapping[UUID, Finding] = {}
    into: Theme = NoTheme()
