"""The schema files of OParl 1.1, which are never kept in this repository: where they are found.

python -m tests.services.oparl.schema            fetches them from the specification's home
python -m tests.services.oparl.schema FOLDER     takes them from a copy of the specification
"""

import json
import shutil
import sys
from functools import cache
from pathlib import Path

import httpx
import jsonschema_rs
import pytest

from tests.services.oparl.properties import FIELDS, each, type_of
from tests.support.http import Json

HOME = "https://raw.githubusercontent.com/OParl/spec/v1.1.1/schema/"
FOLDER = Path(__file__).parents[3] / "artifacts" / "oparl-schema"
"""Left out by git."""
PATIENCE = 20.0


def fetch(copy: Path | None = None) -> None:
    """Put the files into the folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in FIELDS:
        target = FOLDER / f"{name}.json"
        if copy is not None:
            shutil.copyfile(copy / "schema" / target.name, target)
            continue
        answer = httpx.get(f"{HOME}{target.name}", timeout=PATIENCE)
        target.write_bytes(answer.raise_for_status().content)


def require_schema() -> None:
    """Skip the test without the files, and say how to get them."""
    missing = [name for name in FIELDS if not (FOLDER / f"{name}.json").is_file()]
    if missing:
        pytest.skip(
            "the schema files of OParl 1.1 are not here:"
            " `python -m tests.services.oparl.schema` fetches them"
        )


@cache
def _schema(name: str) -> Json:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def _validator(name: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(_schema(name))


def validate(found: Json) -> None:
    """That the object passes its type's file, and so does each inside it, in the file it names.

    JSON Schema lets unknown fields pass; OParl's own are all in the file.
    """
    name = type_of(found)
    _validator(name).validate(found)
    properties = _schema(name)["properties"]
    for field, value in found.items():
        assert field in properties, (name, field)
        described = properties[field]
        inside = described.get("items", described).get("schema")
        if inside and "references" not in described:
            for one in each(value):
                assert f"{type_of(one)}.json" == inside, (name, field)
                validate(one)


if __name__ == "__main__":
    try:
        fetch(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    except (httpx.HTTPError, OSError) as error:
        sys.exit(f"{error}: name the folder of a copy of the specification instead")
    sys.stdout.write(f"{len(list(FOLDER.glob('*.json')))} files in {FOLDER}\n")
