"""The report as plain text or Markdown, to read on a screen or to take into a text program."""

import re

from services.report.report import Report, Statement

SYNTAX = re.compile(r"([\\`*_\[\]<>])")
"""What Markdown would take for more than a sign."""

BEGINS = re.compile(r"^(\d+)([.)])(?=\s)|^([#+-])(?=\s)", re.MULTILINE)
"""And what it would take so at the beginning of a line."""


def as_text(report: Report) -> str:
    """Title, sections and their statements, paragraph by paragraph."""
    parts = [report.title]
    for section in report.sections:
        parts.append(section.title)
        parts += [_with_positions(one.text, one) for one in section.statements]
    parts.append(_true_of(report))
    return "\n\n".join(parts) + "\n"


def as_markdown(report: Report) -> str:
    """The same with headings."""
    parts = [f"# {_escaped(report.title)}"]
    for section in report.sections:
        parts.append(f"## {_escaped(section.title)}")
        parts += [_with_positions(_escaped(one.text), one) for one in section.statements]
    parts.append(_true_of(report))
    return "\n\n".join(parts) + "\n"


def _true_of(report: Report) -> str:
    return f"Stand: Eintrag {report.position} des Protokolls."


def _with_positions(text: str, one: Statement) -> str:
    """Behind the text the entries of the log that it rests on."""
    if not one.positions:
        return text
    return f"{text} [{', '.join(map(str, one.positions))}]"


def _escaped(text: str) -> str:
    """What people wrote, as text."""
    return BEGINS.sub(_behind_a_stroke, SYNTAX.sub(r"\\\1", text))


def _behind_a_stroke(sign: re.Match[str]) -> str:
    number, point, other = sign.groups()
    return rf"\{other}" if other else rf"{number}\{point}"
