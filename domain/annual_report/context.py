"""What decisions about the text of a report look at: what the report says at present."""

from collections.abc import Mapping

import msgspec

from domain.kernel import Context


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A place for prose. `instead_of` is what is said there from the log, with placeholders.

    `offered` are the placeholders that can be used, `required` the figures that have to be given.
    """

    instead_of: str = ""
    offered: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()


class ReportContext(Context, frozen=True, kw_only=True):
    """The slots by statement; the text read up to `up_to`, and its `digest`."""

    slots: Mapping[str, Slot] = {}
    up_to: int = 0
    digest: str = ""
