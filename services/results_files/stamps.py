"""Whether a file belongs to the class and round it was handed in for."""

from collections.abc import Iterator, Mapping

from services.importers.faults import Fault, Place
from services.results_files.about import About
from services.results_files.values import school_year_of

CODES = {
    "college": "results.other-college",
    "school_year": "results.other-school-year",
    "training_class": "results.other-class",
    "round": "results.other-round",
    "instrument": "results.other-instrument",
    "version": "results.other-version",
}


def other_file(
    stamp: Mapping[str, tuple[str, Place]], about: About, college_number: str = ""
) -> list[Fault]:
    """A fault for each thing in which the file's stamp is another. What it leaves out is right."""
    return list(_differences(stamp, about, college_number))


def _differences(
    stamp: Mapping[str, tuple[str, Place]], about: About, college_number: str
) -> Iterator[Fault]:
    for field, expected in about.stamp().items():
        given, place = stamp.get(field, ("", Place()))
        if not given or _plain(field, given) == _plain(field, expected):
            continue
        if field == "college" and given == college_number:
            continue
        facts = {"given": given, "expected": expected}
        yield Fault(code=CODES[field], place=place, value=given, facts=facts)


def _plain(field: str, text: str) -> str:
    if field == "school_year":
        return school_year_of(text) or text
    return " ".join(text.split()).casefold()
