"""What keys and ids are called."""

from collections.abc import Mapping

import msgspec

from domain.kernel import Erased


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """Names by key: organisations, municipalities by AGS, accounts by id, sections' titles.

    What is not in them is called by its key. The name of an account may be erased.
    """

    organisations: Mapping[str, str] = {}
    municipalities: Mapping[str, str] = {}
    accounts: Mapping[str, str | Erased] = {}
    sections: Mapping[str, str] = {}


NAMELESS = Names()
"""Everything is called by its key."""
