"""What a check found, in sentences: those of the shipped verifier, and those of the live log."""

from collections.abc import Callable, Mapping

from services.ledger.verifier import Finding, speech
from services.texts import Language

SENTENCES: Mapping[str, Mapping[Language, str]] = {
    "tile": {
        "de": "Die Kachel {tile} des Baums enthält nicht die Hashwerte der Einträge.",
        "en": "The tile {tile} of the tree does not hold the hashes of the entries.",
    },
    "head": {
        "de": "Der Kopf des Protokolls nennt {stated}; das passt nicht zu den Einträgen.",
        "en": "The head of the log states {stated}, which does not fit the entries.",
    },
    "peaks": {
        "de": "Der Kopf des Protokolls nennt andere Gipfel des Baums, als die Einträge ergeben.",
        "en": "The head of the log states other peaks of the tree than the entries give.",
    },
    "receipt": {
        "de": "Die Quittung des Befehls {command} passt nicht zu den Einträgen.",
        "en": "The receipt of the command {command} does not fit the entries.",
    },
    "note": {
        "de": "Der gespeicherte Prüfpunkt bei {size} ist nicht der, der unterschrieben wurde.",
        "en": "The stored checkpoint at {size} is not the one that was signed.",
    },
    "good": {
        "de": "{events} Einträge sind unverändert. Prüfpunkte: {checkpoints}, der letzte bei"
        " {covered}. Quittungen: {receipts}.",
        "en": "{events} entries are unchanged. Checkpoints: {checkpoints}, the last at"
        " {covered}. Receipts: {receipts}.",
    },
}


def sentences(language: Language) -> Callable[..., str]:
    """Says what is known by a code and its facts."""
    of_the_verifier = speech(language)

    def say(code: str, **facts: object) -> str:
        own = SENTENCES.get(code)
        return own[language].format(**facts) if own else of_the_verifier(code, **facts)

    return say


def told(finding: Finding, language: Language) -> str:
    """The finding in sentences, with the first bad position."""
    return finding.told(sentences(language))
