"""What the commands say on stderr: text for people, JSON lines for programs."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from datetime import UTC, datetime

_state = {"json": False, "run": ""}  # a process speaks in one way


def choose(wanted: str | None) -> None:
    """Speak in JSON lines or in text; where nobody says which, text on a terminal only."""
    wanted = wanted or os.environ.get("NB_ENTITIES_LOG_FORMAT")
    _state["json"] = wanted == "json" if wanted else not sys.stderr.isatty()


def as_json() -> bool:
    """Whether JSON lines are spoken."""
    return bool(_state["json"])


def of_run(run_id: str) -> None:
    """Let every line from now on say which run it is about."""
    _state["run"] = run_id


def visible(text: str) -> str:
    """The text as a terminal may have it: what would steer it is shown and does nothing."""
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)


def say(text: str, *, level: str = "info", **fields: object) -> None:
    """Write one line; the fields are for programs only."""
    if as_json():
        record: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "level": level,
            **({"run": _state["run"]} if _state["run"] else {}),
            **fields,
            "message": text,
        }
        line = json.dumps(record, ensure_ascii=False)
    else:
        line = visible(f"nb-entities: {text}")
    # Not through sys.stderr, which a signal may have interrupted in the midst of a line. No run is
    # stopped by a line that cannot be written: the disk is full, or its reader is gone.
    with contextlib.suppress(OSError):
        os.write(2, f"{line}\n".encode("utf-8", "backslashreplace"))
