"""Options that several commands share; each is described once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

# A path is looked at by whoever uses it, so that --summary also tells of one that cannot be read:
# hence `readable=False`, without which Typer refuses it.
_INPUT = "Reading sources"
_SCOPE = "What to do again"


def at_home(path: Path | None) -> Path | None:
    """A path whose ~ is the user's home, as a shell has it but after an equals sign."""
    return path and Path(os.path.expanduser(path))  # noqa: PTH111 - of no such user: as is


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Files and folders of txt, md, json, jsonl, csv, tsv, parquet, html, docx, plain or "
        "as .gz or .zst; - reads a text, an HTML page, JSON, JSON lines or a table with a header "
        "from standard input.",
        show_default=False,
    ),
]
Out = Annotated[
    str | None,  # no Path, which would be the current folder where the text is empty
    typer.Option(help="Folder for the results.  [default: outputs]", metavar="FOLDER"),
]
Model = Annotated[
    str | None,
    typer.Option(
        help="spaCy pipeline with NorNE's labels, by name or path; see 'nb-entities models'.  "
        "[default: the bundled one]",
        metavar="NAME|PATH",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        help="Worker processes.  [default: one a core, as memory allows]",
        metavar="N",
    ),
]
Memory = Annotated[
    int | None,
    typer.Option(
        help="MB that a worker process may use, at least 512.  "
        "[default: its share of three quarters of all]",
        metavar="MB",
    ),
]
Types = Annotated[
    str | None,
    typer.Option(
        help="Types of entity, separated by commas: person, place, organisation, product, event, "
        "other, or all.  [default: person,place,organisation]",
        metavar="TYPES",
    ),
]
Gazetteer = Annotated[
    Path | None,
    typer.Option(
        help="Your own names: a CSV file with the columns name,type,canonical,id.",
        metavar="FILE.csv",
        readable=False,
    ),
]
Aliases = Annotated[
    Path | None,
    typer.Option(
        help="Other names of things: a CSV file with the columns name,canonical,type.",
        metavar="FILE.csv",
        readable=False,
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        help="csv, parquet or both, separated by a comma.  [default: csv,parquet]",
        metavar="FORMATS",
    ),
]
Excel = Annotated[
    bool | None,
    typer.Option(
        "--excel",
        help="Also write *.excel.csv, which open in a Norwegian Excel and run no formulas there.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        help="Encoding of all sources, where they are neither UTF-8 nor Windows-1252.",
        metavar="NAME",
        rich_help_panel=_INPUT,
    ),
]
TextColumn = Annotated[
    str | None,
    typer.Option(
        help="Column of a table that holds the text.", metavar="COLUMN", rich_help_panel=_INPUT
    ),
]
IdColumn = Annotated[
    str | None,
    typer.Option(
        help="Column that holds the document's id.", metavar="COLUMN", rich_help_panel=_INPUT
    ),
]
TitleColumn = Annotated[
    str | None,
    typer.Option(help="Column that holds the title.", metavar="COLUMN", rich_help_panel=_INPUT),
]
DateColumn = Annotated[
    str | None,
    typer.Option(help="Column that holds the date.", metavar="COLUMN", rich_help_panel=_INPUT),
]
Append = Annotated[
    bool,
    typer.Option(
        "--append",
        help="Add to what is there: forget no file that is gone or not named. (Standard input has "
        "one place: a later text replaces the one before.)",
        rich_help_panel=_SCOPE,
    ),
]
RetryFailed = Annotated[
    bool,
    typer.Option("--retry-failed", help="Try again what failed.", rich_help_panel=_SCOPE),
]
AllowShrink = Annotated[
    bool,
    typer.Option(
        "--allow-shrink",
        help="Go on although most of a source's documents are gone.",
        rich_help_panel=_SCOPE,
    ),
]
Rebuild = Annotated[
    bool,
    typer.Option(
        "--rebuild",
        help="Throw the store away and work on everything again: for a store that is damaged.",
        rich_help_panel=_SCOPE,
    ),
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Only say what would be done and why; change nothing."),
]
Summary = Annotated[
    Path | None,
    typer.Option(
        help="Write what became of the run: counts, seconds, failures by code, new entities.",
        metavar="FILE.json",
        readable=False,
        callback=at_home,
    ),
]
LogFormat = Annotated[
    str | None,
    typer.Option(
        help="text, or json for a JSON object a line.  [default: text on a terminal, else json]",
        metavar="text|json",
    ),
]
Wait = Annotated[
    bool, typer.Option("--wait", help="Wait for another run on the same folder to end.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
