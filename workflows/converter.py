"""Payloads as msgspec JSON, so that workflows use the same structs as everything else."""

import dataclasses
from typing import Any

import msgspec
from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    EncodingPayloadConverter,
    JSONPlainPayloadConverter,
)


class MsgspecJSONConverter(EncodingPayloadConverter):
    """In the place of Temporal's own plain JSON, under the same encoding name."""

    @property
    def encoding(self) -> str:
        return "json/plain"

    def to_payload(self, value: Any) -> Payload | None:
        return Payload(
            metadata={"encoding": self.encoding.encode()}, data=msgspec.json.encode(value)
        )

    def from_payload(self, payload: Payload, type_hint: type[Any] | None = None) -> Any:
        return msgspec.json.decode(payload.data, type=type_hint or Any)


class MsgspecPayloadConverter(CompositePayloadConverter):
    """Temporal's own converters with msgspec in the place of the plain JSON one."""

    def __init__(self) -> None:
        super().__init__(
            *(
                MsgspecJSONConverter() if isinstance(c, JSONPlainPayloadConverter) else c
                for c in DefaultPayloadConverter.default_encoding_payload_converters
            )
        )


DATA_CONVERTER = dataclasses.replace(
    DataConverter.default, payload_converter_class=MsgspecPayloadConverter
)
