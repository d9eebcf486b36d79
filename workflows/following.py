"""What every process that follows the log does: hear notes, and wait for them or for a moment."""

from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.notes import Note

PAUSE_AFTER_REFUSAL = timedelta(minutes=1)
"""A refused step means that the log has gone on and its note is under way, or a clock is off."""


class FollowsTheLog:
    """Knows up to where the log was noted, and up to where it was read."""

    def __init__(self, noted: int, correlation: str) -> None:
        self._noted = noted
        self._read_at = 0
        self._correlation = correlation

    @workflow.signal
    def note(self, note: Note) -> None:
        """The log has gone on. Notes may come twice or late; only a later position counts."""
        if note.position > self._noted:
            self._noted = note.position
            self._correlation = note.correlation

    async def _news(self) -> None:
        await workflow.wait_condition(self._has_news)

    async def _news_before(self, moment: datetime) -> bool:
        """Wait for the moment; True at once if the log went on before."""
        while (left := moment - workflow.now()) > timedelta(0):
            try:
                await workflow.wait_condition(self._has_news, timeout=left)
            except TimeoutError:
                continue
            return True
        return self._has_news()

    def _has_news(self) -> bool:
        return self._noted > self._read_at
