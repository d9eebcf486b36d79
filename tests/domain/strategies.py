"""Any value of a struct, for what holds whatever was recorded."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from hypothesis import strategies as st

S = TypeVar("S", bound=msgspec.Struct)

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=2))])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=ZONES)  # noqa: DTZ001 (hypothesis adds the zone)


@cache
def any_of(kind: type[S]) -> st.SearchStrategy[S]:
    """Structs of this kind with any values in their fields; a kind may contain itself."""
    fields = {field.name: _values(field.type) for field in msgspec.structs.fields(kind)}
    return st.builds(kind, **fields)


def _values(kind: Any) -> st.SearchStrategy[Any]:
    arguments = get_args(kind)
    match get_origin(kind) or kind:
        case origin if origin is Annotated:
            return _values(arguments[0])
        case origin if origin in {Union, UnionType}:
            return st.one_of(*map(_values, arguments))
        case origin if origin is tuple:
            return st.lists(_values(arguments[0]), max_size=3).map(tuple)
        case origin if origin is Mapping:
            return st.dictionaries(*map(_values, arguments), max_size=3)
        case origin if origin is datetime:
            return moments
        case origin if issubclass(origin, msgspec.Struct):
            return st.deferred(lambda: any_of(origin))
        case origin:
            return st.from_type(origin)
