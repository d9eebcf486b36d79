"""The pages of the bodies, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.bodies import body, overview, rules, seat

BODY_PAGES: Sequence[Any] = (
    overview.list_bodies,
    overview.establish_body,
    body.show_body,
    body.rename_body,
    body.create_seat,
    body.change_naming,
    rules.offer_rules,
    rules.adopt_rules,
    seat.show_seat,
    seat.change_seat,
)
