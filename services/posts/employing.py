"""Where the county employs the case managers, as far as posts decide it."""

from collections.abc import Mapping
from datetime import date

from domain.directory.municipality import Municipality
from domain.posts.employing import Employment, as_employed, employment_by_posts
from services.eventstore.store import NOW, EventStore, Moment
from services.posts.reading import posts_at


async def decided_by_posts(
    store: EventStore, day: date, until: Moment = NOW
) -> Mapping[str, Employment]:
    """By AGS, of the municipalities that have had a post; of the others the reference data say."""
    posts = [one.post for one in await posts_at(store, until)]
    found = {
        ags: employment_by_posts(posts, ags, day)
        for ags in {post.record.municipality for post in posts}
    }
    return {ags: decided for ags, decided in found.items() if decided is not None}


async def with_employer(store: EventStore, municipality: Municipality, day: date) -> Municipality:
    """The municipality with whoever employs its case managers on this day."""
    return as_employed(municipality, [one.post for one in await posts_at(store)], day)
