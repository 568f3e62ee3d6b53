"""The summary of a run as a JSON file, for whoever looks after it."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline import errors
from pipeline.whole import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.batch.request import Report

_LARGEST = 2**20  # bytes of a summary, and more
_ALWAYS = {"started", "finished", "seconds", "exit", "error"}  # what every summary has told


def see_replaceable(path: Path) -> None:
    """See that a summary would take the place of none but a summary, or of a file that is empty.

    What cannot be looked at stops no run: `write` tells of it.

    Raises:
        UserError: BAD_SETTINGS.
    """
    with contextlib.suppress(OSError):
        if path.exists() and not _is_summary(path):
            where, reason = f"--summary is '{path}'", "it is there already, and no run wrote it"
            raise errors.UserError(errors.BAD_SETTINGS, where=where, reason=reason)


def _is_summary(path: Path) -> bool:
    if not path.is_file() or path.stat().st_size > _LARGEST:
        return False
    try:
        told = json.loads(path.read_bytes() or b"{}")
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and (not told or told.keys() >= _ALWAYS)


def write(path: Path, started: datetime, outcome: Report | BaseException) -> None:
    """Write what became of a run, in one step for whoever reads the file meanwhile.

    Args:
        path: The file.
        started: When the run began.
        outcome: What the run did, or what stopped it.

    Raises:
        UserError: NO_SUMMARY.
    """
    finished = datetime.now(UTC)
    summary = {
        "started": started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "seconds": round((finished - started).total_seconds(), 3),
        **(_stopped(outcome) if isinstance(outcome, BaseException) else _done(outcome)),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as new:
            new.write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        reason = error.strerror or error
        raise errors.UserError(errors.NO_SUMMARY, path=path, reason=reason) from None


def _done(report: Report) -> dict[str, Any]:
    return {
        "exit": int(report.exit),
        "error": None,
        "run_id": report.run_id,
        "worked": report.worked,
        "stage_seconds": report.seconds,
        "documents": report.documents,
        "failures": report.failures,
        "dates_not_understood": report.n_undated,
        "new_entities": {"count": report.n_new, "most_mentioned": report.new},
        "files": [str(file) for file in report.files],
    }


def _stopped(error: BaseException) -> dict[str, Any]:
    if isinstance(error, errors.UserError):
        return {
            "exit": int(error.problem.exit),
            "error": {"code": error.problem.code, "message": str(error)},
        }
    if isinstance(error, errors.Interrupted):
        interrupted = {"code": "INTERRUPTED", "message": "A signal stopped the run."}
        return {"exit": int(errors.Exit.INTERRUPTED), "error": interrupted}
    message = f"{type(error).__name__}: {error}"
    return {"exit": int(errors.Exit.UNFINISHED), "error": {"code": "FAULT", "message": message}}
