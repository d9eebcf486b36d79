"""What every paper of the steering has: who issues it, in which language, on whose clock."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from services.papers.paper import Paragraph, Part
from services.papers.wording import said
from services.texts import moment
from services.texts.language import Language
from services.texts.names import Names


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """`issuer` is the county; `names` what organisations and people are called."""

    language: Language
    issuer: str
    zone: ZoneInfo
    names: Names

    def moment(self, at: datetime | None) -> str:
        """On the county's clock; empty if there is none."""
        return "" if at is None else moment(at, self.language, self.zone)

    def time(self, at: datetime) -> str:
        """The time of day on the county's clock."""
        return f"{at.astimezone(self.zone):%H:%M}"

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def organisation(self, key: str) -> str:
        return self.names.organisations.get(key, key)

    def seat(self, key: str) -> str:
        return self.names.seats.get(key, key)


def facts_of(facts: Mapping[str, str], language: Language) -> tuple[tuple[str, str], ...]:
    """Those that are known, under their labels."""
    return tuple((said(f"facts.{key}", language), value) for key, value in facts.items() if value)


def proof(digest: str, language: Language) -> Part:
    """Which text exactly this is."""
    return Part(
        title=said("proof.title", language),
        blocks=(Paragraph(said("proof.text", language)), Paragraph(digest)),
    )
