"""Texts of findings and themes: what looks like a client in them, and false alarms."""

from http import HTTPStatus
from typing import Annotated, Any, TypeAlias

import msgspec
from litestar import Request
from litestar.response import Response

from domain.findings.clients import FalseAlarm, Sign
from domain.findings.errors import LooksLikeAClient, NoSuchPlace, ReasonMissing, TextMissing
from services.api import bounds
from services.api.faults import Fault
from services.api.languages import language_of
from services.api.problems import EdgeProblem, Problem, from_edge
from services.texts import Language, problem
from services.texts.findings import PLACE, part, places

MOST_ALARMS = 50
LONGEST_TEXT = 10_000
SECTIONS = "/sections"
POINTERS = {"description": "/description", "title": "/title", "text": "/text"}

AboutText: TypeAlias = TextMissing | ReasonMissing | LooksLikeAClient | NoSuchPlace
Description: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=LONGEST_TEXT,
        pattern=bounds.NO_NUL,
        examples=["Es fehlen Sprachkurse mit Kinderbetreuung am Abend."],
        description="Never about a single person: what looks like one is refused.",
    ),
]


class MarkedAlarm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place of the text that looks like a client and is none, with the reason.

    From character `start`, counted from 0, up to and without `end`, as the check named it.
    """

    sign: Sign
    start: Annotated[int, msgspec.Meta(ge=0, le=bounds.LONGEST_TEXT)]
    end: Annotated[int, msgspec.Meta(ge=1, le=bounds.LONGEST_TEXT)]
    reason: Annotated[
        bounds.Reason, msgspec.Meta(examples=["Die Zentrale des Trägers, öffentlich bekannt."])
    ]


MarkedAlarms: TypeAlias = Annotated[tuple[MarkedAlarm, ...], msgspec.Meta(max_length=MOST_ALARMS)]


def false_alarms(marked: tuple[MarkedAlarm, ...]) -> tuple[FalseAlarm, ...]:
    return tuple(FalseAlarm(**msgspec.structs.asdict(alarm)) for alarm in marked)


def answer_about_text(request: Request[Any, Any, Any], error: AboutText) -> Response[Problem]:
    """What is wrong with a text, with a fault for each place that was found.

    Its `code` is what the place looks like; what stands there is not repeated.
    """
    faults = _faults(request, error, language_of(request))
    return from_edge(
        request,
        EdgeProblem(HTTPStatus.UNPROCESSABLE_ENTITY, error.code, facts=error.facts, errors=faults),
    )


def _faults(
    request: Request[Any, Any, Any], error: AboutText, language: Language
) -> tuple[Fault, ...]:
    pointer = _pointer(request, error)
    if not isinstance(error, LooksLikeAClient):
        detail = problem(error.code, language, error.facts).detail
        return (Fault(detail=detail, pointer=pointer),)
    where = f"{part(error.part, language)}: " if pointer == SECTIONS else ""
    return tuple(
        Fault(detail=f"{where}{places(place[0], language)}", pointer=pointer, code=place["sign"])
        for place in PLACE.finditer(error.places)
    )


def _pointer(request: Request[Any, Any, Any], error: AboutText) -> str:
    """Into the body: reports have no reason but those of false alarms, summaries have sections."""
    members = _members(request)
    match error:
        case NoSuchPlace(part="description"):
            return "/false_alarms"
        case ReasonMissing():
            return "/reason" if "reason" in members else "/false_alarms"
        case TextMissing(part="reason") | LooksLikeAClient(part="reason"):
            return "/reason" if "reason" in members else "/false_alarms"
        case TextMissing(part="source") | LooksLikeAClient(part="source"):
            return "/sources" if "sources" in members else "/text"
        case _:
            return POINTERS.get(error.part, SECTIONS)


def _members(request: Request[Any, Any, Any]) -> frozenset[str]:
    """What the body of the request is made of."""
    data = request.route_handler.parsed_fn_signature.parameters.get("data")
    kinds: tuple[Any, ...] = (data.annotation,) if data else ()
    return frozenset(name for kind in kinds for name in getattr(kind, "__struct_fields__", ()))


TEXT_HANDLERS: dict[int | type[Exception], Any] = dict.fromkeys(
    (TextMissing, ReasonMissing, LooksLikeAClient, NoSuchPlace), answer_about_text
)
"""For controllers whose bodies have such texts."""
