"""Where the county employs the case managers: decided by the posts, as soon as there are any."""

from collections.abc import Iterable
from datetime import date

import msgspec

from domain.directory.municipality import Municipality
from domain.posts.post import Existing, is_filled, is_funded
from domain.posts.terms import Part


class Employment(msgspec.Struct, frozen=True, kw_only=True):
    """What the posts of a municipality say. `is_assumed`: no source states one of them."""

    county_is_employer: bool
    is_assumed: bool = False


def employment_by_posts(posts: Iterable[Existing], ags: str, day: date) -> Employment | None:
    """Whether the county has a case-management post there that is filled or funded on the day.

    None before the first post of the municipality: then the reference data decide.
    """
    here = [
        post
        for post in posts
        if post.record.part is Part.CASE_MANAGEMENT
        and post.record.municipality == ags
        and post.record.since <= day
    ]
    if not here:
        return None
    return Employment(
        county_is_employer=any(
            post.record.is_of_county and (is_filled(post, day) or is_funded(post, day))
            for post in here
        ),
        is_assumed=any(post.record.assumed for post in here),
    )


def as_employed(municipality: Municipality, posts: Iterable[Existing], day: date) -> Municipality:
    """The municipality with the employer the posts name, or that of the reference data."""
    decided = employment_by_posts(posts, municipality.ags, day)
    if decided is None:
        return municipality
    return msgspec.structs.replace(
        municipality,
        county_is_employer=decided.county_is_employer,
        is_assumed=decided.is_assumed,
    )
