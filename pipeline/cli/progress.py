"""How far a run is, for who reads stderr; bars are `console`'s."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self

from pipeline.batch.progress import Progress
from pipeline.cli import log

if TYPE_CHECKING:
    from types import TracebackType

_BY_DOCUMENT = ("ingest", "tokenize", "extract")  # the other stages do all of them at once
_CHARS_A_WORD = 6  # Norwegian news, the blank included: good enough for words a second


class Stages(Progress):
    """Counts what each stage does, and tells of it when the stage ends."""

    def __init__(self) -> None:
        self._stage = ""
        self._documents = self._chars = 0
        self._started = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._end()

    def begin(self, run_id: str) -> None:
        """See `Progress`."""
        log.of_run(run_id)

    def stage(self, name: str, documents: int | None) -> None:
        """See `Progress`."""
        self._end()
        self._stage, self._started = name, time.monotonic()
        self._documents = self._chars = 0

    def advance(self, documents: int, chars: int) -> None:
        """See `Progress`."""
        self._documents += documents
        self._chars += chars

    def note(self, text: str) -> None:
        """See `Progress`."""
        log.say(text)

    def speed(self) -> int:
        """Words a second."""
        return int(self._chars / _CHARS_A_WORD / max(time.monotonic() - self._started, 1e-3))

    def _end(self) -> None:
        """Close a stage with one line that says what it did."""
        if not self._stage:
            return
        seconds = time.monotonic() - self._started
        done = f"{self._documents:,} documents, {self.speed():,} words/s, " * bool(self._documents)
        by_document = self._stage in _BY_DOCUMENT
        if by_document and not self._documents:
            text = f"{self._stage}: nothing new"
        else:
            text = f"{self._stage}: {done}{seconds:.1f} s"
        counts: dict[str, Any] = {}
        if by_document:
            counts = {"documents": self._documents, "words_per_second": self.speed()}
        log.say(
            text,
            event="stage",
            stage=self._stage,
            **counts,
            seconds=round(seconds, 3),
        )
        self._stage = ""


class JsonProgress(Stages):
    """JSON lines: a stage that ended, a document that failed."""

    def failed(self, stage: str, doc_id: str, code: str, message: str) -> None:
        """See `Progress`."""
        log.say(
            f"{doc_id}: {message}", level="warning", event="failed", stage=stage, doc_id=doc_id,
            code=code,
        )  # fmt: skip
