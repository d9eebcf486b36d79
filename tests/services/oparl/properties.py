"""What each type of OParl 1.1 has, after the specification: required fields, and what they hold."""

import re
from collections.abc import Callable, Mapping

from tests.support.http import Json

SCHEMA = "https://schema.oparl.org/1.1/"
STAMPS = {"created": "moment", "modified": "moment"}
"""OParl 1.1 wants them of every object, also inside others."""

REQUIRED: Mapping[str, frozenset[str]] = {
    "System": frozenset({"oparlVersion", "body"}),
    "Body": frozenset({"name", "organization", "person", "meeting", "paper", "legislativeTerm"}),
    "AgendaItem": frozenset({"order"}),
    "File": frozenset({"accessUrl"}),
}

FIELDS: Mapping[str, Mapping[str, str]] = {
    "System": {
        "oparlVersion": "text",
        "name": "text",
        "body": "list Body",
        "license": "text",
        "contactEmail": "text",
        "contactName": "text",
        "website": "text",
    },
    "Body": {
        "system": "link System",
        "name": "text",
        "license": "text",
        "contactEmail": "text",
        "contactName": "text",
        "ags": "text",
        "rgs": "text",
        "organization": "list Organization",
        "person": "list Person",
        "meeting": "list Meeting",
        "paper": "list Paper",
        "legislativeTerm": "objects LegislativeTerm",
        "agendaItem": "list AgendaItem",
        "consultation": "list Consultation",
        "file": "list File",
        "locationList": "list Location",
        "legislativeTermList": "list LegislativeTerm",
        "membership": "list Membership",
    },
    "Organization": {
        "body": "link Body",
        "name": "text",
        "organizationType": "text",
        "subOrganizationOf": "link Organization",
        "startDate": "day",
        "endDate": "day",
        "membership": "links Membership",
        "meeting": "list Meeting",
    },
    "Person": {"body": "link Body", "name": "text", "membership": "objects Membership"},
    "Membership": {
        "person": "link Person",
        "organization": "link Organization",
        "role": "text",
        "votingRight": "answer",
        "startDate": "day",
        "endDate": "day",
        "onBehalfOf": "link Organization",
    },
    "Meeting": {
        "name": "text",
        "meetingState": "text",
        "cancelled": "answer",
        "start": "moment",
        "end": "moment",
        "location": "object Location",
        "organization": "links Organization",
        "resultsProtocol": "object File",
        "auxiliaryFile": "objects File",
        "agendaItem": "objects AgendaItem",
        "keyword": "texts",
    },
    "AgendaItem": {
        "meeting": "link Meeting",
        "order": "number",
        "name": "text",
        "public": "answer",
        "consultation": "link Consultation",
        "result": "text",
        "resolutionText": "text",
    },
    "Paper": {
        "body": "link Body",
        "name": "text",
        "date": "day",
        "paperType": "text",
        "mainFile": "object File",
        "consultation": "objects Consultation",
    },
    "Consultation": {
        "paper": "link Paper",
        "agendaItem": "link AgendaItem",
        "meeting": "link Meeting",
        "organization": "links Organization",
        "authoritative": "answer",
        "role": "text",
    },
    "File": {
        "name": "text",
        "fileName": "text",
        "mimeType": "text",
        "date": "day",
        "text": "text",
        "size": "number",
        "sha512Checksum": "text",
        "accessUrl": "address",
        "downloadUrl": "address",
        "meeting": "links Meeting",
        "paper": "links Paper",
    },
    "Location": {"description": "text", "meetings": "links Meeting"},
    "LegislativeTerm": {},
}
"""Every field we answer with, and what is in it; another one is none of OParl's."""

BACK: Mapping[tuple[str, str], str] = {
    ("Person", "membership"): "person",
    ("Meeting", "location"): "meetings",
    ("Meeting", "resultsProtocol"): "meeting",
    ("Meeting", "auxiliaryFile"): "meeting",
    ("Meeting", "agendaItem"): "meeting",
    ("Paper", "mainFile"): "paper",
    ("Paper", "consultation"): "paper",
    ("AgendaItem", "consultation"): "agendaItem",
    ("Organization", "membership"): "organization",
    ("Organization", "meeting"): "organization",
}
"""Which field of what a field leads to leads back."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
ADDRESS = re.compile(r"https?://\S+")

FORMS: Mapping[str, Callable[[Json], bool]] = {
    "text": lambda value: isinstance(value, str) and value != "",
    "number": lambda value: type(value) is int,
    "answer": lambda value: isinstance(value, bool),
    "moment": lambda value: bool(MOMENT.fullmatch(value)),
    "day": lambda value: bool(DAY.fullmatch(value)),
    "address": lambda value: bool(ADDRESS.fullmatch(value)),
    "link": lambda value: bool(ADDRESS.fullmatch(value)),
    "list": lambda value: bool(ADDRESS.fullmatch(value)),
    "links": lambda value: bool(value) and all(ADDRESS.fullmatch(one) for one in value),
    "texts": lambda value: bool(value) and all(isinstance(one, str) for one in value),
    "object": lambda value: isinstance(value, dict),
    "objects": lambda value: isinstance(value, list),
}


def type_of(found: Json) -> str:
    """The short name of the type, such as `Meeting`."""
    assert found["type"].startswith(SCHEMA)
    return found["type"].removeprefix(SCHEMA)


def each(value: Json) -> list[Json]:
    """What is in a field that holds one or several."""
    return [*value] if isinstance(value, list) else [value]


def check(found: Json) -> None:
    """That the object is one of its type, with whatever is inside it."""
    kind = type_of(found)
    known = {"id": "address", "type": "address", "deleted": "answer", **STAMPS, **FIELDS[kind]}
    missing = {*known.keys() & {"id", "type", *STAMPS}, *REQUIRED.get(kind, ())} - found.keys()
    assert not missing, (kind, missing)
    for name, value in found.items():
        assert name in known, (kind, name)
        form, _, of = known[name].partition(" ")
        assert FORMS[form](value), (kind, name, value)
        for one in each(value) if form.startswith("object") else ():
            assert type_of(one) == of, (kind, name)
            assert "deleted" not in one, (kind, name)
            assert BACK[kind, name] not in one, (kind, name)
            check(one)
