"""What a search finds of funded posts: by part, key and municipality, for those who read them."""

from collections.abc import Sequence

from services.api.search_hits import Asked, Hit, HitKind, fitting
from services.eventstore.database import Pool
from services.identity.authorisation import has_one
from services.identity.post_readers import READS_POSTS
from services.texts import word

POSTS = """
    select id::text as id, key, part, stage, name from funded_post
    left join municipality on ags = municipality
"""


async def post_hits(pool: Pool, asked: Asked) -> Sequence[Hit]:
    """Those that `listPosts` lists; one without a municipality works for the whole county."""
    if not has_one(asked.person, READS_POSTS, asked.at):
        return ()
    hits: list[Hit] = []
    for row in await pool.fetch(POSTS):
        part = word(row["part"], asked.language, of="post")
        title = ", ".join(filter(None, (part, row["name"], row["key"])))
        stage = word(row["stage"], asked.language, of="post")
        hits.append(Hit(kind=HitKind.POST, title=title, line=stage, id=row["id"]))
    return fitting(asked, hits)
