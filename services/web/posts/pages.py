"""The pages about posts, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.posts import entering, overview, post

POST_PAGES: Sequence[Any] = (
    overview.show_posts,
    entering.offer_post,
    entering.establish_post,
    post.show_post,
    post.take_step,
)
