"""Trusted time: an RFC 3161 time-stamp over a checkpoint, from an authority that is not ours."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import httpx
import structlog
from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from services.environment import SettingsError
from services.eventstore.database import Pool
from services.eventstore.outage import is_outage

PATIENCE = 20.0
LOOK_AGAIN = 5.0
AFTER_A_FAILURE = 60.0

log = structlog.get_logger(__name__)


class TimeRefused(Exception):
    """There is no time-stamp that holds. The message says why, for operators."""


def certificates_in(path: Path) -> Sequence[Certificate]:
    """The certificates of a PEM file. Raises SettingsError if there are none in it."""
    try:
        return load_pem_x509_certificates(path.expanduser().read_bytes())
    except (OSError, ValueError) as error:
        raise SettingsError(
            "KREISLAUF_TIMESTAMP_CERTIFICATES",
            f"KREISLAUF_TIMESTAMP_CERTIFICATES is {str(path)!r}, which holds no certificates in"
            f" PEM: {error}. Correct it.",
        ) from None


def stamped_at(
    response: bytes, note: str, trusted: Sequence[Certificate], *, nonce: int | None = None
) -> datetime:
    """When the authority saw this note, to go by its response and the certificates one trusts.

    Its certificates need have been valid at that time only. Raises TimeRefused.
    """
    roots = [one for one in trusted if one.issuer == one.subject]
    between = [one for one in trusted if one.issuer != one.subject]
    if not roots:
        raise TimeRefused("none of the certificates is an authority's own")
    verifier = VerifierBuilder(roots=roots, intermediates=between, nonce=nonce).build()
    try:
        decoded = decode_timestamp_response(response)
        verifier.verify_message(decoded, note.encode())
    except (VerificationError, ValueError) as error:
        raise TimeRefused(f"the time-stamp does not hold: {error}") from error
    return decoded.tst_info.gen_time


class TimeStamping:
    """Has an authority date the latest checkpoint, at most once in a while.

    Its outage changes nothing for the log; it is asked again.
    """

    def __init__(
        self, pool: Pool, address: str, trusted: Sequence[Certificate], pause: timedelta
    ) -> None:
        self._pool = pool
        self._address = address
        self._trusted = trusted
        self._pause = pause

    async def run(self) -> None:
        """Ask until cancelled."""
        async with httpx.AsyncClient(timeout=PATIENCE) as http:
            while True:
                pause = LOOK_AGAIN
                try:
                    await self.stamp(http)
                except (TimeRefused, httpx.HTTPError) as error:
                    reason = str(error) or type(error).__name__
                    log.error("no time-stamp", reason=reason)  # noqa: TRY400 (no defect of ours)
                    pause = AFTER_A_FAILURE
                except Exception as error:
                    if not is_outage(error):
                        raise
                await asyncio.sleep(pause)

    async def stamp(self, http: httpx.AsyncClient) -> datetime | None:
        """Have the latest checkpoint dated and keep the response; None if it is not time yet.

        Raises TimeRefused, httpx.HTTPError.
        """
        stamped = await self._pool.fetchrow(
            "select coalesce(max(size), 0) as size,"
            " coalesce(max(received_at) + $1 > clock_timestamp(), false) as is_fresh"
            " from checkpoint_time",
            self._pause,
        )
        latest = await self._pool.fetchrow(
            "select size, note from checkpoint order by size desc limit 1"
        )
        assert stamped is not None, "there is one row even of an empty table"
        if latest is None or stamped["is_fresh"] or latest["size"] <= stamped["size"]:
            return None
        response, at = await self._asked(http, latest["note"])
        await self._pool.execute(
            "insert into checkpoint_time (size, response) values ($1, $2) on conflict do nothing",
            latest["size"],
            response,
        )
        return at

    async def _asked(self, http: httpx.AsyncClient, note: str) -> tuple[bytes, datetime]:
        request = (
            TimestampRequestBuilder()
            .data(note.encode())
            .hash_algorithm(HashAlgorithm.SHA256)
            .cert_request(cert_request=True)
            .build()
        )
        answer = await http.post(
            self._address,
            content=request.as_bytes(),
            headers={"Content-Type": "application/timestamp-query"},
        )
        if answer.status_code != HTTPStatus.OK:
            raise TimeRefused(f"the authority answered {answer.status_code}")
        return answer.content, stamped_at(answer.content, note, self._trusted, nonce=request.nonce)
