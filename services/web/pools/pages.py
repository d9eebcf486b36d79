"""The pages about shared courses, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.pools import by_hand, overview, pool, searching

POOL_PAGES: Sequence[Any] = (
    overview.list_pools,
    overview.start_search,
    searching.show_search,
    searching.cancel_search,
    searching.propose_found,
    by_hand.offer_proposal,
    by_hand.propose,
    pool.show_pool,
    pool.take_step,
)
