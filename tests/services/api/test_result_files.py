"""Results as files: a template goes out, comes back, is shown before it is applied."""

import csv
from collections.abc import Sequence
from http import HTTPStatus
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from python_calamine import CalamineWorkbook

from services.api.uploads import CSV, LARGEST_LIST, XLSX
from tests.support.http import Json, recorded, refused
from tests.support.own_class import OTHER, OwnClass, own_class, row
from tests.support.stack import Stack

REASON = "Beim Übertragen verrutscht."


@pytest.fixture
async def this(stack: Stack) -> OwnClass:
    return await own_class(stack)


async def sent(  # noqa: PLR0913 (all but the file named)
    this: OwnClass,
    step: str,
    content: bytes,
    *,
    kind: str = "text/csv",
    reason: str = "",
    seen: int | None = None,
    query: str = "",
) -> httpx.Response:
    headers = {"Content-Type": kind, "Idempotency-Key": str(uuid4()), "Accept-Language": "de"}
    if reason:
        headers["Correction-Reason"] = quote(reason)
    if seen is not None:
        headers["If-Match"] = f'"{seen}"'
    path = f"{this.in_round}/results/{step}{query}"
    return await this.person.ask("POST", path, headers=headers, content=content)


async def template(this: OwnClass, **columns: Sequence[str]) -> bytes:
    """The class's CSV template with these columns filled in, one value for each learner."""
    response = await this.person.ask("GET", f"{this.in_round}/template.csv")
    assert response.status_code == HTTPStatus.OK
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    for heading, values in columns.items():
        column = rows[0].index(heading.replace("_", " ").replace("RF", "R/F"))
        for line, value in zip(rows[1:], values, strict=True):
            line[column] = value
    text = StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


async def filled(this: OwnClass, last: str = "2") -> bytes:
    right: dict[str, Any] = {
        "Text_1_RF": ("2", "1", "0"),
        "Text_1_WE": ("2", "2", "0"),
        "Im_Büro_RF": ("1", "1", last),
        "Im_Büro_WE": ("2", "1", last),
    }
    return await template(this, **right)


async def test_a_template_comes_back_and_is_recorded_once(this: OwnClass) -> None:
    file = await filled(this)
    preview = recorded(await sent(this, "preview", file))
    assert preview["faults"] == []
    assert preview["difference"]["new"] == ["p-anna", "p-ben", "p-cem"]
    assert preview["message"] == "Noch nichts gespeichert: 3 neu, 0 geändert, 0 unverändert."
    decision = recorded(await sent(this, "import", file))
    assert decision["recorded"]
    assert decision["message"] == "3 Ergebnisse neu festgehalten, 0 berichtigt."
    again = await sent(this, "import", file)
    assert again.status_code == HTTPStatus.OK
    assert not again.json()["recorded"]
    assert again.json()["message"].startswith("Nichts zu ändern")
    sheet = await this.person.read(f"{this.in_round}/results")
    assert [r["exact"] for r in sheet["rows"]] == [3, 2, 2]


async def test_a_corrected_file_needs_a_look_at_the_difference_and_a_reason(
    this: OwnClass,
) -> None:
    recorded(await sent(this, "import", await filled(this)))
    file = await filled(this, last="1")
    preview = recorded(await sent(this, "preview", file))
    (change,) = preview["difference"]["changed"]
    assert change["pseudonym"] == "p-cem"
    assert [(f["part"], f["field"], f["old"], f["new"]) for f in change["fields"]] == [
        ("t2", "exact", 2, 1),
        ("t2", "recognition", 2, 1),
    ]
    unfounded = await sent(this, "import", file, seen=preview["version"])
    refused(unfounded, HTTPStatus.UNPROCESSABLE_ENTITY, "assessment.reason-missing")
    unseen = await sent(this, "import", file, reason=REASON)
    refused(unseen, HTTPStatus.PRECONDITION_REQUIRED, "request.version-missing")
    late = await sent(this, "import", file, reason=REASON, seen=preview["version"] - 1)
    refused(late, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    decision = await sent(this, "import", file, reason=REASON, seen=preview["version"])
    assert recorded(decision)["message"] == "0 Ergebnisse neu festgehalten, 1 berichtigt."


async def test_every_bad_cell_is_named_and_nothing_is_half_imported(this: OwnClass) -> None:
    file = (await filled(this, last="7")).replace(b"p-ben", b"p-bem")
    head = await this.stack.head()
    response = await sent(this, "import", file)
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")
    assert {error["cell"]: error["value"] for error in problem["errors"]} == {
        "G3": "p-bem",
        "M4": "7",
        "N4": "7",
    }
    assert all(error["detail"].endswith((".", ")")) for error in problem["errors"])
    assert await this.stack.head() == head
    preview = recorded(await sent(this, "preview", file))
    assert len(preview["faults"]) == 3
    assert preview["message"].startswith("Nichts gespeichert: Die Datei hat 3 Fehler")


async def test_a_workbook_has_what_is_recorded_and_comes_back_as_it_is(this: OwnClass) -> None:
    await this.record(row("p-anna", 2, 1))
    response = await this.person.ask("GET", f"{this.in_round}/template.xlsx")
    assert response.headers["content-type"] == XLSX
    assert "MB26A%20eingang.xlsx" in response.headers["content-disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    first = book.get_sheet_by_index(0).to_python()
    assert [line[0] for line in first[1:]] == ["p-anna", "p-ben", "p-cem"]
    preview = recorded(await sent(this, "preview", response.content, kind=XLSX))
    assert preview["difference"]["same"] == ["p-anna"]
    assert preview["open"] == ["p-ben", "p-cem"]


async def test_pasted_text_is_a_file_too(this: OwnClass) -> None:
    text = "Pseudonym\tText 1 R/F\tText 1 WE\tIm Büro R/F\tIm Büro WE\np-ben\t1\t2\t0\t0\n"
    decision = recorded(await sent(this, "import", text.encode(), kind="text/plain"))
    assert decision["message"] == "1 Ergebnis neu festgehalten, 0 berichtigt."


async def test_unknown_learners_join_only_if_that_is_asked_for(this: OwnClass) -> None:
    text = b"Pseudonym;Text 1 R/F;Text 1 WE;t2 R/F;t2 WE\np-dora;1;2;0;0\n"
    refused(await sent(this, "import", text), HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")
    recorded(await sent(this, "import", text, query="?enrols=true"))
    assert "p-dora" in await this.learners()


async def test_a_body_that_is_no_file_is_refused(this: OwnClass) -> None:
    response = await sent(this, "import", b"{}", kind="application/json")
    refused(response, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "request.file-type")
    response = await sent(this, "import", b"x" * (LARGEST_LIST + 1))
    refused(response, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "request.too-large")


async def test_a_look_is_recorded_before_rows_are_shown(this: OwnClass) -> None:
    await this.record(row("p-anna", 2, 1))
    await this.person.read(f"{this.in_round}/results")
    await this.person.ask("GET", f"{this.in_round}/template.csv")
    await sent(this, "preview", await filled(this))
    looks: list[Json] = await this.person.all_pages(f"{this.path}/looks", limit=2)
    assert [look["purpose"] for look in looks] == [
        "Ergebnisse",
        "Vorlage zum Eintragen",
        "Vorlage zum Eintragen",
        "Vergleich mit einer Datei",
    ]
    assert {look["name"] for look in looks} == {"Berta Berufskolleg (erfunden)"}
    assert {look["round"] for look in looks} == {str(this.round)}


async def test_a_file_of_another_college_is_none_of_this_one(this: OwnClass) -> None:
    file = (await filled(this)).replace(b"richard-von-weizsaecker-berufskolleg", OTHER.encode())
    problem = refused(
        await sent(this, "import", file), HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty"
    )
    assert {error["code"] for error in problem["errors"]} == {"results.other-college"}


async def test_the_type_of_a_template_says_its_encoding(this: OwnClass) -> None:
    response = await this.person.ask("GET", f"{this.in_round}/template.csv?gaps=true")
    assert response.headers["content-type"] == f"{CSV}; charset=utf-8"
    assert response.headers["content-language"] == "de"


async def test_the_preview_shows_the_table_so_that_each_fault_has_its_cell(
    this: OwnClass,
) -> None:
    preview = recorded(await sent(this, "preview", await filled(this, last="7")))
    table = preview["table"]
    letters = [column["letter"] for column in table["columns"]]
    shown = {
        f"{letter}{one['number']}": text
        for one in table["rows"]
        for letter, text in zip(letters, one["cells"], strict=True)
    }
    assert {fault["cell"]: shown[fault["cell"]] for fault in preview["faults"]} == {
        "M4": "7",
        "N4": "7",
    }
    fields = {(column["field"], column["part"]) for column in table["columns"]}
    assert {("pseudonym", ""), ("exact", "t1"), ("omitted", "t2")} <= fields


async def test_the_preview_shows_no_column_that_is_not_read(this: OwnClass) -> None:
    file = (await filled(this)).replace(b"Pseudonym", b"Name;Pseudonym", 1)
    lines = file.decode("utf-8-sig").splitlines()
    named = [lines[0], *(line.replace("p-", "Mustermann;p-", 1) for line in lines[1:])]
    preview = recorded(await sent(this, "preview", "\n".join(named).encode()))
    assert "Mustermann" not in str(preview["table"])
    unreadable = recorded(await sent(this, "preview", b"PK no workbook"))
    assert unreadable["table"] is None


async def test_pasted_cells_are_shown_with_the_headings_they_stand_for(this: OwnClass) -> None:
    preview = recorded(await sent(this, "preview", b"p-anna\t\tfehlt", kind="text/plain"))
    table = preview["table"]
    assert table["columns"][0]["heading"] == "Pseudonym"
    assert table["rows"][0]["cells"][:3] == ["p-anna", "", "fehlt"]
