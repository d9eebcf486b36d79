"""Whatever was done to a file, it comes in whole or its faults are named; nothing breaks."""

import io
import random
import re
from pathlib import Path
from string import Formatter

import pytest

from services.importers import faults
from services.importers.enrolments import Upload
from services.importers.faults import sentences
from services.importers.importing import Imported, import_classes
from services.privacy.pseudonyms import PseudonymKey
from tests.support.college_files import PASSWORD, WHOLE
from tests.support.damaged import File, damaged

SEED = 20_261_123
KEY = PseudonymKey(bytes(range(32)))


@pytest.mark.parametrize("kind", WHOLE)
def test_a_damaged_file_is_taken_in_whole_or_its_faults_are_named(kind: str) -> None:
    print(f"seed {SEED}")  # noqa: T201 - pytest shows it with a failure
    _check_all(SEED, 120, kind)


@pytest.mark.long
@pytest.mark.parametrize("kind", WHOLE)
def test_files_damaged_otherwise_each_time_are_too(kind: str) -> None:
    seed = random.SystemRandom().randrange(10**9)
    print(f"seed {seed}")  # noqa: T201 - pytest shows it with a failure
    _check_all(seed, 2_000, kind)


def _check_all(seed: int, count: int, kind: str) -> None:
    outcomes: set[bool] = set()
    for number, file in enumerate(damaged(seed, count, [kind])):
        try:
            found = _imported(file)
        except BaseException as error:
            error.add_note(f"seed {seed}, {kind} number {number}: {file.damage}")
            raise
        assert bool(found.classes) != bool(found.faults)
        said = [fault.sentence(language) for fault in found.faults for language in ("de", "en")]
        assert all(said)
        assert PASSWORD not in repr(found) + repr(said)
        outcomes.add(bool(found.faults))
    assert outcomes == {True, False}


def _imported(file: File) -> Imported:
    stream = io.BytesIO(file.content)
    return import_classes(Upload(stream=stream, file=file.name, school_year="2026/27", key=KEY))


def test_the_same_seed_damages_the_same_way() -> None:
    assert list(damaged(7, 30)) == list(damaged(7, 30))


def test_every_code_has_a_sentence_in_both_languages_with_the_same_facts() -> None:
    folder = Path(faults.__file__).parent
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    used = set(re.findall(r'"((?:table|text|import)\.[a-z-]+)"', source))
    own = {code for code in sentences() if code.split(".")[0] in {"table", "text", "import"}}
    assert used == own
    for text in sentences().values():
        assert _placeholders(text.de) == _placeholders(text.en)


def _placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}
