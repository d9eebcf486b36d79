"""What the report tells of funded posts: how many were funded, and how many of them filled."""

from collections.abc import Sequence
from datetime import date

from domain.goals.year import last_day
from domain.posts.events import (
    FundingExtended,
    PostChanged,
    PostEnded,
    PostEstablished,
    PostFilled,
    PostVacated,
)
from domain.posts.post import is_there
from domain.posts.staffing import staffing_on
from domain.posts.terms import Part
from services.posts.reading import PostAt
from services.report.marks import bound
from services.report.report import Figure, Section, Statement, statement
from services.report.wording import Sentences, day
from services.texts import word
from services.texts.words import shares

STAFFING = (
    PostEstablished,
    PostChanged,
    FundingExtended,
    PostFilled,
    PostVacated,
    PostEnded,
)
"""What the figures follow from."""


def of_posts(
    posts: Sequence[PostAt], school_year: str, today: date, sentences: Sentences
) -> Section | None:
    """As it stood on the last day of the school year, or today; None if there was no post."""
    on = min(last_day(school_year), today)
    there = [this for this in posts if is_there(this.post, on)]
    if not there:
        return None
    told = [_told("posts", there, on, sentences, "posts")]
    for part in Part:
        of_part = [this for this in there if this.post.record.part is part]
        if of_part:
            told.append(_told(f"posts/{part}", of_part, on, sentences, "posts-of-part", part=part))
    return Section(key="posts", title=sentences.say("posts-title"), statements=tuple(told))


def _told(
    key: str,
    posts: Sequence[PostAt],
    on: date,
    sentences: Sentences,
    template: str,
    part: Part | None = None,
) -> Statement:
    """Figures are in hundredths of full time, as they are counted; the sentence is in posts."""
    counted = staffing_on([this.post for this in posts], on)
    positions = tuple(
        sorted(
            entry.position
            for this in posts
            for entry in this.entries
            if isinstance(entry.event, STAFFING)
        )
    )
    text = sentences.say(
        template,
        on=day(on),
        part=word(part or "", "de", of="post"),
        filled=bound("posts:filled", shares(counted.filled, "de")),
        funded=bound("posts:funded", shares(counted.funded, "de")),
        vacant=shares(counted.vacant, "de") if counted.vacant else "",
    )
    figure = Figure(
        name="posts", value=counted.filled, required=counted.funded, positions=positions
    )
    return statement(key, text, figure)
