"""What decisions about a course offer look at beside it."""

from datetime import date

import msgspec

from domain.kernel import Context


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of all types of courses, and the municipalities of the county by their AGS."""

    types: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()


class OfferContext(Context, frozen=True, kw_only=True):
    """`today` in the county's zone. Of the municipalities, the one that is named is enough."""

    today: date
    known: Known = Known()
