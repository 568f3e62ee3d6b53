"""What stops a run whose sources shrink: the disk may not be mounted."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from pipeline import errors
from pipeline.stages.survey import clash, root

if TYPE_CHECKING:
    from pipeline.batch.request import Request
    from pipeline.batch.store import Store

SHRINK_FROM = 20  # documents; fewer come and go

# Values of the store's.
ROOTS = "roots"  # JSON; name to path of what the user named, once an ingest ended well
COUNTS = "documents_by_root"  # JSON; those that the next run is compared with
UNFINISHED = "ingest at work"  # yes: what the store has is not what there is to read


def guard(store: Store, request: Request) -> Guard:
    """What stops a run whose sources shrink.

    Raises:
        UserError: SOURCE_CLASH.
    """
    return Guard(store, _roots(store, request), on=not request.allow_shrink)


def _roots(store: Store, request: Request) -> dict[str, str]:
    """Name to path of the sources that the user names, and with --append of those before.

    Raises:
        UserError: SOURCE_CLASH where --append brings another source of the same name.
    """
    roots = dict(map(root, request.sources))
    if request.append:
        before = json.loads(store.state(ROOTS) or "{}")
        for name, path in roots.items():
            if before.get(name, path) != path:
                raise clash(name, before[name], path)
        roots = before | roots
    return roots


class Guard:
    """Stops a run where a source lost more than half of its documents.

    What it compares with is what the last run that passed had, so that a run that was stopped
    does not make the loss look normal.
    """

    def __init__(self, store: Store, roots: dict[str, str], *, on: bool) -> None:
        self.store = store
        self.roots = roots
        self.before = json.loads(store.state(COUNTS) or "{}") if on else {}
        self.now: dict[str, int] = {}

    def check_loss(self, by_source: dict[str, int]) -> None:
        """See that enough would be left without these documents.

        Not whether enough is there: a run that was killed may have forgotten changed sources
        without coming to read them.

        Raises:
            UserError: SHRUNK.
        """
        for name, lost in by_root(by_source).items():
            self._check(name, self.before.get(name, 0) - lost)

    def check(self, by_source: dict[str, int]) -> None:
        """See that enough is there; `by_source` counts documents.

        Raises:
            UserError: SHRUNK.
        """
        self.now = by_root(by_source)
        for name in self.before:
            self._check(name, self.now.get(name, 0))

    def _check(self, name: str, now: int) -> None:
        before = self.before.get(name, 0)
        # A root that is not named any more was left out on purpose.
        if name in self.roots and before >= SHRINK_FROM and now < before / 2:
            raise errors.UserError(errors.SHRUNK, name=name, now=max(now, 0), before=before)

    def remember(self) -> None:
        """Compare with this the next time, and let the stages that follow work on it."""
        with self.store.transaction():
            self.store.set_state(COUNTS, json.dumps(self.now))
            self.store.set_state(ROOTS, json.dumps(self.roots))
            self.store.set_state(UNFINISHED, "")


def by_root(by_source: dict[str, int]) -> dict[str, int]:
    """Documents of the files and folders that the user named, from those of each source."""
    counts: Counter[str] = Counter()
    for name, documents in by_source.items():
        counts[name.partition("/")[0]] += documents
    return dict(counts)
