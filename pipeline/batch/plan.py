"""What ingest has to do: what is new or changed, what is gone, what is kept unread."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import errors
from pipeline.batch import fingerprints
from pipeline.batch.guard import COUNTS, begun_sources, cannot_keep
from pipeline.batch.store import MAX_ATTEMPTS, Known, Store
from pipeline.readers import format_of
from pipeline.stages.survey import STDIN, nothing_to_read, root
from pipeline.stages.survey import survey as survey_sources

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from pipeline.batch.request import Request
    from pipeline.readers import ReadOptions
    from pipeline.stages.survey import Source, Survey

# Trying costs nothing, and only the user can mend it.
_UNTIL_MENDED = {errors.EXTRA_MISSING.code}
_AGAIN = "failed before"


@dataclass(frozen=True, slots=True)
class Plan:
    """What ingest has to do.

    Attributes:
        read: The sources to read, and why.
        gone: Names of the sources whose documents are to be forgotten.
        replaced: Names of those to read of which there is something from before.
        kept: Names of those of them whose documents stay if they cannot be read now, which need not
            mean that the documents are gone.
        attempts: Name to how often a source could not be read so far, where that counts.
        options: How to read.
        survey: All that there is to read, and what is left out.
        held: Documents of each source that the store has.
    """

    read: list[tuple[Source, str]]
    gone: list[str]
    replaced: set[str]
    kept: set[str]
    attempts: dict[str, int]
    options: ReadOptions
    survey: Survey
    held: dict[str, int]


def plan(store: Store, request: Request, out: Path, options: ReadOptions) -> Plan:
    """Find out what is new, changed or gone; nothing is read and nothing changed.

    Args:
        store: Knows what was read before.
        request: Names the sources.
        out: The output folder, which is never read as a source.
        options: How to read.

    Raises:
        UserError: A source is missing, there is nothing to read where there has to be, or what is
            to be kept is not there.
    """
    survey = survey_sources(request.sources, without=[out])
    if not survey.sources:
        _see_emptied(store, request, survey)
    known, held = store.known_sources(), dict(store.documents_by_source())
    read, counted = _to_read(store, request, survey, known, options)
    unseen = _unseen(survey)
    named = {source.name for source in survey.sources}
    half = _half_read(store, held, known, named - unseen)
    if not request.allow_shrink:
        _see_kept(store, request, survey, held.keys(), half)
    stored = held.keys() | known.keys()
    gone = sorted(
        name
        for name in stored - named
        # What is in a folder that cannot be opened now need not be gone.
        if name in half or not (request.append or _is_closed(name, unseen))
    )
    roots = {source.name: source.root for source, _ in read}
    replaced = roots.keys() & stored
    kept = {
        name
        for name in (replaced & known.keys()) - half
        if held.get(name) and known[name].root == roots[name]
    }
    return Plan(read, gone, replaced, kept, counted, options, survey, held)


def _half_read(
    store: Store, held: Mapping[str, int], known: Mapping[str, Known], seen: Collection[str]
) -> set[str]:
    """Names of the sources that were not read to their end, and are not going to be.

    Standard input is never known: what the last run was to read tells whether it ended.
    """
    whole = {name for name, source in known.items() if source.reader}
    return held.keys() - whole - set(seen) - ({root(STDIN)[0]} - begun_sources(store).keys())


def _to_read(
    store: Store,
    request: Request,
    survey: Survey,
    known: Mapping[str, Known],
    options: ReadOptions,
) -> tuple[list[tuple[Source, str]], dict[str, int]]:
    """The sources that are to be read and why, and how often those that failed were tried."""
    failed = store.failed_sources()
    attempts = {name: n for name, code, n in failed if code in errors.TRANSIENT}
    again = {
        name
        for name, code, n in failed
        if request.retry_failed or code in _UNTIL_MENDED or (name in attempts and n < MAX_ATTEMPTS)
    }

    def reason(source: Source) -> str | None:
        before = known.get(source.name)
        if source.path is None:
            return "standard input"
        if before is None or not before.reader:
            return "new" if before is None else "not read to its end"
        if (before.size, before.mtime_ns) != (source.size, source.mtime_ns):
            return "changed"
        if before.root != source.root:
            return "from another folder"
        if before.reader != reader_of(source.path, options):
            return "to be read in another way"
        return _AGAIN if source.name in again else None

    read = [(source, why) for source in survey.sources if (why := reason(source))]
    counted = {s.name: attempts[s.name] for s, why in read if s.name in attempts and why == _AGAIN}
    return read, counted


def _unseen(survey: Survey) -> set[str]:
    """Names of the files and folders that cannot be looked at."""
    return {source.name for source in survey.sources if source.is_unseen}


def _folders(name: str) -> list[str]:
    """The folders that a source is in, by name: `a` and `a/b` of `a/b/1.txt`."""
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def _is_closed(name: str, unseen: set[str]) -> bool:
    """Whether it cannot be looked at, or is in a folder that cannot be."""
    return not unseen.isdisjoint([name, *_folders(name)])


def _see_emptied(store: Store, request: Request, survey: Survey) -> None:
    """See that there may be nothing to read: to be added, or since what was there is gone.

    Raises:
        UserError: SOURCE_EMPTY where nothing was there before; SHRUNK, however little was there,
            unless that it is gone is meant so.
    """
    before = json.loads(store.state(COUNTS) or "{}")
    if request.append and before:
        return
    emptied = [name for name, _ in map(root, request.sources) if before.get(name)]
    if not emptied:
        raise nothing_to_read(request.sources, survey)
    if not request.allow_shrink:
        name = emptied[0]
        raise errors.UserError(errors.SHRUNK, name=name, now=0, before=before[name])


def _see_kept(
    store: Store, request: Request, survey: Survey, held: Collection[str], half: Collection[str]
) -> None:
    """See that nothing is to be kept unread that the store has nothing of, or not all.

    A new store has nothing of before, and a run that was killed may have read half of a source.
    What is kept is what --append keeps, and what is in files and folders that cannot be looked at.

    Args:
        store: Knows which sources the published tables have, where it is new.
        request: Whether it is to append.
        survey: What there is to read.
        held: Names of the sources of which the store has something.
        half: Names of those that were not read to their end, and are not going to be.

    Raises:
        UserError: CANNOT_KEEP.
    """
    if not store.published_sources and not half:
        return
    unseen = _unseen(survey)
    seen = {source.name for source in survey.sources} - unseen
    # A folder that could not be opened is there now, if its files are.
    there = seen.union(held, *map(_folders, seen))

    def is_missing(name: str, n_documents: int) -> bool:
        kept = request.append and name not in unseen
        return name not in there and (kept or (_is_closed(name, unseen) and n_documents > 0))

    missing = {name for name, n in store.published_sources.items() if is_missing(name, n)}
    missing |= {name for name in half if request.append or _is_closed(name, unseen)}
    if missing:
        raise cannot_keep(sorted(missing))


def reader_of(path: Path, options: ReadOptions) -> str:
    """Fingerprint of what reads a file, and how."""
    return fingerprints.reading_key(format_of(path.name)[0], options)


def left(held: Mapping[str, int], todo: Plan) -> dict[str, int]:
    """Those of the documents of each source that are not gone."""
    gone = set(todo.gone)
    return {name: n for name, n in held.items() if name not in gone}
