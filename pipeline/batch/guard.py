"""What stops a run whose sources shrink: the disk may not be mounted."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from pipeline import errors
from pipeline.stages.survey import clash, root

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.batch.request import Request
    from pipeline.batch.store import Store

_SHRINK_FROM = 20  # documents; fewer come and go

# Values of the store's.
ROOTS = "roots"  # JSON; name to path of what the user named, once an ingest ended well
COUNTS = "documents_by_root"  # JSON; those that the next run is compared with
# JSON; name to path of what an ingest was to read that did not end well: what the store has is not
# what there is to read. Empty once one did.
UNFINISHED = "ingest at work"

_FEW = 3  # names that a message has room for


def guard(store: Store, request: Request) -> Guard:
    """What stops a run whose sources shrink.

    Raises:
        UserError: SOURCE_CLASH; CANNOT_KEEP where --append leaves out what an ingest before was to
            read and did not come to its end, unless that is meant so.
    """
    named = dict(map(root, request.sources))
    before: dict[str, str] = {}
    if request.append:
        before = json.loads(store.state(ROOTS) or "{}")
        begun = {} if request.allow_shrink else begun_sources(store)
        _see_same(before | begun, named)
        if left_out := sorted(begun.keys() - named.keys()):
            raise cannot_keep(left_out)
    return Guard(store, named, before, on=not request.allow_shrink)


def begun_sources(store: Store) -> dict[str, str]:
    """Name to path of what the last ingest was to read, where it did not end well."""
    begun = store.state(UNFINISHED)
    return json.loads(begun) if begun else {}


def _see_same(before: dict[str, str], named: dict[str, str]) -> None:
    """See that --append brings no other source of the same name.

    Raises:
        UserError: SOURCE_CLASH.
    """
    for name, path in named.items():
        if before.get(name, path) != path:
            raise clash(name, before[name], path)


def cannot_keep(names: Sequence[str]) -> errors.UserError:
    """The error of sources that are to be kept, and that the store has not all of: CANNOT_KEEP."""
    more = f" and {len(names) - _FEW:,} more" if len(names) > _FEW else ""
    return errors.UserError(errors.CANNOT_KEEP, names=", ".join(names[:_FEW]) + more)


def see_enough(name: str, before: int, now: int) -> None:
    """See that a source did not lose more than half of its documents that have a text.

    Args:
        name: What the user calls it.
        before: How many there were.
        now: How many there are.

    Raises:
        UserError: SHRUNK.
    """
    if before >= _SHRINK_FROM and now < before / 2:
        raise errors.UserError(errors.SHRUNK, name=name, now=now, before=before)


class Guard:
    """Stops a run where a source lost more than half of its documents.

    What it compares with is what the last run that passed had, so that a run that was stopped
    does not make the loss look normal.
    """

    def __init__(
        self, store: Store, named: dict[str, str], before: dict[str, str], *, on: bool
    ) -> None:
        self.store = store
        self.named = named
        self.roots = before | named
        self.before = json.loads(store.state(COUNTS) or "{}") if on else {}
        self.now: dict[str, int] = {}

    def check(self, by_source: dict[str, int], unread: Collection[str] = ()) -> None:
        """See that enough is there.

        Args:
            by_source: Documents of each source.
            unread: Names of sources that are to be read yet, and may have any number.

        Raises:
            UserError: SHRUNK.
        """
        self.now = by_root(by_source)
        unknown = {root_of(name) for name in unread}
        # One that is not named any more was left out on purpose.
        for name in sorted((self.before.keys() & self.roots.keys()) - unknown):
            see_enough(name, self.before[name], self.now.get(name, 0))

    def begin(self) -> None:
        """Let no stage that follows work on what there is, until `remember`."""
        self.store.set_state(UNFINISHED, json.dumps(self.named))

    def remember(self) -> None:
        """Compare with this the next time, and let the stages that follow work on it."""
        counts, roots = json.dumps(self.now), json.dumps(self.roots)
        self.store.set_states({COUNTS: counts, ROOTS: roots, UNFINISHED: ""})


def by_root(by_source: dict[str, int]) -> dict[str, int]:
    """Documents of the files and folders that the user named, from those of each source."""
    counts: Counter[str] = Counter()
    for name, documents in by_source.items():
        counts[root_of(name)] += documents
    return dict(counts)


def root_of(source: str) -> str:
    """What the user named that a source is in, by name."""
    return source.partition("/")[0]
