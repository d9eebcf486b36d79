"""An edition of the framework: the sections every concept of that edition has."""

from collections.abc import Sequence

import msgspec

from domain.concepts.commands import PublishEdition
from domain.concepts.errors import EditionAlreadyPublished, MalformedEdition
from domain.concepts.events import FrameworkEditionPublished, Section
from domain.kernel import Aggregate, Context


class FrameworkEdition(msgspec.Struct, frozen=True, kw_only=True):
    """`edition` is empty while nothing is recorded."""

    edition: str = ""
    title: str = ""
    sections: tuple[Section, ...] = ()
    replaces: str | None = None


def evolve(_: FrameworkEdition, event: FrameworkEditionPublished) -> FrameworkEdition:
    return FrameworkEdition(
        edition=event.edition,
        title=event.title,
        sections=event.sections,
        replaces=event.replaces,
    )


def decide(
    command: PublishEdition, framework: FrameworkEdition, _: Context
) -> Sequence[FrameworkEditionPublished]:
    published = FrameworkEditionPublished(
        edition=command.edition,
        title=command.title,
        sections=command.sections,
        replaces=command.replaces,
        source=command.source,
    )
    if framework.edition:
        if evolve(framework, published) == framework:
            return []
        raise EditionAlreadyPublished(command.edition)
    keys = {section.key for section in command.sections}
    has_required = any(section.required for section in command.sections)
    has_name = command.edition not in {"", command.replaces}
    if len(keys) < len(command.sections) or not has_required or not has_name:
        raise MalformedEdition(command.edition)
    return [published]


FRAMEWORK = Aggregate("framework", initial=FrameworkEdition(), evolve=evolve, decide=decide)
