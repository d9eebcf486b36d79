"""What a row of a list says, checked: which learner is in which class, of which programme."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import BinaryIO

import msgspec

from domain.assessments.context import CatalogueEntry
from services.catalogues.catalogue import catalogues, first_day
from services.importers.faults import Fault, Place
from services.importers.rows import LIMITS, Limits
from services.privacy.pseudonyms import Learner, PseudonymKey, is_name, is_pseudonym, tidied

CLASS_NAME = 40
NAME = 200
GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T00:00:00)?")
YEAR = re.compile(r"(\d{4})(?:\s*[/-]\s*(?:\d{2})?(\d{2}))?")
TRADE = re.compile(r"(?:(\d{2,3})-)?(\d{3})-?(\d{2})|(\d{2,3})(\d{3})(\d{2})")
CENTURY = 100


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it came, and how to read it.

    `school_year` (`2026/27`, checked before) is the one the classes are of; rows of another are
    faults in lists, and passed over in exports of whole schools. Without `key`, learners are not
    read. `by_own_id`: pseudonyms come from the college's ids, where the format has both, and not
    from names.
    """

    stream: BinaryIO
    file: str
    school_year: str
    key: PseudonymKey | None = None
    mapping: Mapping[str, str] = {}
    sheet: str | None = None
    by_own_id: bool = False
    limits: Limits = LIMITS

    def __repr__(self) -> str:
        return f"Upload({self.file!r})"


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a list; who the learner is, is gone.

    `pseudonym` is empty if it names no learner, `programme` and `trade` if the format has none.
    """

    place: Place
    class_name: str
    programme: str = ""
    trade: str = ""
    pseudonym: str = ""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """The texts of a row by field, only fields that the file has, and where each stands."""

    fields: Mapping[str, str]
    where: Callable[[str], Place]
    """The place of a field; of the whole row for the empty name."""

    def __repr__(self) -> str:
        return "Said(…)"


def checked(said: Said, upload: Upload) -> Enrolment | list[Fault]:
    """The row as an enrolment, or all its faults."""
    faults: list[Fault] = []
    _check_class(said, faults)
    _check_year(said, upload, faults)
    programme = _programme(said, upload, faults)
    trade = _trade(said, upload, programme, faults)
    pseudonym = _pseudonym(said, upload, faults)
    if faults:
        return faults
    return Enrolment(
        place=said.where(""),
        class_name=said.fields["class"],
        programme="" if programme is None else programme.key,
        trade="" if trade is None else trade.key,
        pseudonym=pseudonym,
    )


def school_year_of(text: str) -> str | None:
    """`2026/27` for `2026/27`, `2026/2027`, `2026-27` and `2026`; None for anything else."""
    found = YEAR.fullmatch(text)
    if found is None:
        return None
    following = (int(found[1]) + 1) % CENTURY
    if found[2] is not None and int(found[2]) != following:
        return None
    return f"{found[1]}/{following:02}"


def day_of(text: str) -> date | None:
    """A day as `21.01.2008` or `2008-01-21`; None for anything else."""
    german, iso = GERMAN_DAY.fullmatch(text), ISO_DAY.fullmatch(text)
    try:
        if german is not None:
            return date(int(german[3]), int(german[2]), int(german[1]))
        return None if iso is None else date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        return None


def _check_class(said: Said, faults: list[Fault]) -> None:
    name = said.fields.get("class", "")
    if not name:
        faults.append(_fault("import.value-missing", said, "class", field="class"))
    elif len(name) > CLASS_NAME:
        faults.append(_fault("import.value-too-long", said, "class", limit=CLASS_NAME))


def _check_year(said: Said, upload: Upload, faults: list[Fault]) -> None:
    text = said.fields.get("school_year")
    if text is None:
        return
    year = school_year_of(text)
    if year is None:
        faults.append(_fault("import.school-year-malformed", said, "school_year"))
    elif year != upload.school_year:
        faults.append(
            _fault("import.school-year-other", said, "school_year", year=upload.school_year)
        )


def _programme(said: Said, upload: Upload, faults: list[Fault]) -> CatalogueEntry | None:
    text = said.fields.get("programme")
    if text is None:
        return None
    if not text:
        faults.append(_fault("import.value-missing", said, "programme", field="programme"))
        return None
    begin = first_day(upload.school_year)
    entry = catalogues().programme(text.replace(" ", "").upper(), begin)
    if entry is None or not entry.holds_on(begin):
        faults.append(_fault("import.programme-unknown", said, "programme"))
        return None
    return entry


def _trade(
    said: Said, upload: Upload, programme: CatalogueEntry | None, faults: list[Fault]
) -> CatalogueEntry | None:
    text = said.fields.get("trade")
    if text is None:
        return None
    if not text:
        faults.append(_fault("import.value-missing", said, "trade", field="trade"))
        return None
    begin = first_day(upload.school_year)
    entry = catalogues().trade(_trade_key(text, programme), begin)
    if entry is None or not entry.holds_on(begin):
        faults.append(_fault("import.trade-unknown", said, "trade"))
    elif programme is not None and programme.index != entry.index:
        faults.append(
            _fault("import.trade-of-other-programme", said, "trade", programme=programme.key)
        )
    return entry


def _trade_key(text: str, programme: CatalogueEntry | None) -> str:
    """`10-10004` also for `10-100-04`, `1010004`, and `10004` in a programme of index 10."""
    found = TRADE.fullmatch(text.replace(" ", ""))
    if found is None:
        return text
    index = found[1] or found[4] or ("" if programme is None else programme.index)
    return f"{index}-{found[2] or found[5]}{found[3] or found[6]}"


def _pseudonym(said: Said, upload: Upload, faults: list[Fault]) -> str:
    given = said.fields.get("pseudonym")
    if given:
        if is_pseudonym(tidied(given)):
            return tidied(given)
        faults.append(_fault("import.pseudonym-malformed", said, "pseudonym"))
        return ""
    names_learners = given is not None or {"own_id", "surname"} & said.fields.keys()
    if upload.key is None or not names_learners:
        return ""
    before = len(faults)
    learner = _learner(said, faults)
    return "" if learner is None or len(faults) > before else upload.key.pseudonym(learner)


def _learner(said: Said, faults: list[Fault]) -> Learner | None:
    fields = said.fields
    if fields.get("own_id"):
        return Learner(own_id=fields["own_id"])
    if not all(fields.get(field) for field in ("surname", "given_name", "born")):
        faults.append(Fault(code="import.learner-incomplete", place=said.where("")))
        return None
    for field in ("surname", "given_name"):
        if len(fields[field]) > NAME:
            faults.append(_fault("import.value-too-long", said, field, limit=NAME))
        elif not is_name(fields[field]):
            faults.append(_fault("import.name-malformed", said, field))
    born = day_of(fields["born"])
    if born is None:
        faults.append(_fault("import.date-malformed", said, "born"))
    return Learner(surname=fields["surname"], given_name=fields["given_name"], born=born)


def _fault(code: str, said: Said, at: str, **facts: object) -> Fault:
    return Fault(code=code, place=said.where(at), value=said.fields.get(at, ""), facts=facts)
