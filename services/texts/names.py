"""What keys and ids are called."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from domain.kernel import Erased
from services.texts.catalogue import InBoth


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """Names by key: organisations, municipalities by AGS, accounts by id, sections' titles.

    `items` are the titles of what stands on an agenda, by id.

    Titles of themes by id; the fields of findings by key, as the catalogue has them.

    `seats` are the names of the seats of one body, by key: those of the body that is spoken of.
    `seats_in` has them by the stream of the body, or of a session of it.

    What is not in them is called by its key. The name of an account may be erased.
    """

    organisations: Mapping[str, str] = {}
    municipalities: Mapping[str, str] = {}
    accounts: Mapping[str, str | Erased] = {}
    sections: Mapping[str, str] = {}
    items: Mapping[str, str] = {}
    themes: Mapping[str, str] = {}
    fields: Mapping[str, InBoth] = {}
    seats: Mapping[str, str] = {}
    seats_in: Mapping[UUID, Mapping[str, str]] = {}


NAMELESS = Names()
"""Everything is called by its key."""
