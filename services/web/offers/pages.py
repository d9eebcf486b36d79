"""The pages about course offers, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.offers import entering, listing, lists

OFFER_PAGES: Sequence[Any] = (
    listing.list_offers,
    listing.export_offers,
    listing.list_types,
    entering.offer_entry,
    entering.enter,
    lists.offer_list,
    lists.take_list,
    listing.show_offer,
    listing.confirm,
    listing.withdraw,
    entering.offer_change,
    entering.change,
)
