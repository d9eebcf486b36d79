"""What happened, as a sentence for each event."""

from domain.kernel import Event
from services.texts.catalogue import history_entries
from services.texts.language import Language
from services.texts.names import Names
from services.texts.wording import Wording


def sentence(event: Event, language: Language, names: Names) -> str:
    """What the event says happened. Raises KeyError if its topic has no sentence."""
    template = history_entries()[event.TOPIC][language]
    facts = {field: getattr(event, field) for field in event.__struct_fields__}
    return Wording(language, names).fill(template, facts)
