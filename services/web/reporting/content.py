"""The answers as the API takes them, and back; and which field a fault it finds is about."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from services.web.reporting.answers import Answers

Content: TypeAlias = Mapping[str, Any]
"""The JSON of a report."""

COMPANY = ("name", "municipality", "trade", "size", "chamber")
CONTACT = ("name", "function", "email", "phone", "channel")
GROUP_TEXTS = ("status", "present", "wanted", "entitlement")
TIME_TEXTS = ("shift", "working_time", "earliest", "latest")
YES = "ja"


def content_of(answers: Answers) -> Content:
    """What is sent, without what was not answered. Only for answers that were found in order."""

    def texts(area: str, names: Sequence[str]) -> Content:
        return {name: answers.text(f"{area}-{name}") for name in names}

    return _said(
        {
            "company": _said(texts("company", COMPANY)),
            "contact": _said(texts("contact", CONTACT)),
            "need": _said(
                {
                    "groups": [_group(answers, place) for place in range(answers.groups)],
                    "times": _said(
                        {
                            **texts("times", TIME_TEXTS),
                            "weekdays": sorted(map(int, answers.texts("times-weekdays"))),
                        }
                    ),
                    "place": _said(
                        {
                            **texts("place", ("kind", "municipality")),
                            "room_for": _number(answers.text("place-room_for")),
                            "max_km": _number(answers.text("place-max_km")),
                        }
                    ),
                    "start": answers.text("start"),
                    "weeks": _number(answers.text("weeks")),
                    "release": answers.text("release"),
                    "cost_share": answers.text("cost_share"),
                    "earlier": sorted(answers.texts("earlier")),
                    "consent": sorted(answers.texts("consent")),
                    "pooling": answers.is_given("pooling"),
                }
            ),
            "remark": answers.text("remark"),
        }
    )


def answers_of(content: Content) -> Answers:
    """The answers that a report was made of, to change them."""
    need = content["need"]
    found: dict[str, Any] = {f"company-{name}": content["company"][name] for name in COMPANY}
    found |= {f"contact-{name}": content["contact"][name] for name in CONTACT}
    found |= {f"times-{name}": value for name, value in need["times"].items()}
    found |= {f"place-{name}": value for name, value in need["place"].items()}
    for name in ("start", "weeks", "release", "cost_share", "earlier", "consent", "pooling"):
        found[name] = need[name]
    for place, group in enumerate(need["groups"]):
        found |= {f"group-{place}-{name}": value for name, value in group.items()}
    found |= {"groups": len(need["groups"]), "remark": content["remark"]}
    return Answers({name: _texts(value) for name, value in found.items()})


def field_of(pointer: str) -> str:
    """The field a JSON pointer is about: `/content/need/groups/0/wanted` → `group-0-wanted`."""
    parts = [part for part in pointer.split("/") if part and part not in {"content", "need"}]
    if parts and parts[0] == "groups":
        parts = ["group", *parts[1:]] if len(parts) > len(("groups", "0")) else ["groups"]
    # What is said of one of several choices is said at the question.
    while parts and parts[-1].isdigit():
        parts = parts[:-1]
    return "-".join(parts)


def _group(answers: Answers, place: int) -> Mapping[str, Any]:
    def text(name: str) -> str:
        return answers.text(f"group-{place}-{name}")

    is_apprentice = text("status") == "apprentice"
    training = {
        "apprenticeship": text("apprenticeship"),
        "college": text("college"),
        "year": _number(text("year")),
    }
    return _said(
        {
            **{name: text(name) for name in GROUP_TEXTS},
            **(training if is_apprentice else {}),
            "number": _number(text("number")),
            "is_proven": answers.is_given(f"group-{place}-is_proven"),
            "skills": sorted(answers.texts(f"group-{place}-skills")),
        }
    )


def _said(facts: Content) -> Content:
    """Without what was left open: the API knows what that means."""
    return {name: value for name, value in facts.items() if value is not None and value != ""}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _texts(value: Any) -> list[str]:
    match value:
        case None | False | "":
            return []
        case True:
            return [YES]
        case list() | tuple():
            return [str(one) for one in cast("Sequence[object]", value)]
        case _:
            return [str(value)]
