"""References: the commands, the tables and the errors, as the code has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import Any

import pyarrow as pa

from pipeline import errors, schemas

_MADE = "<!-- Made by `make docs`; do not edit. -->"
_TYPES = (
    (pa.types.is_timestamp, "time, UTC"),
    (pa.types.is_dictionary, "category"),
    (pa.types.is_list, "list of text"),
    (pa.types.is_boolean, "true or false"),
    (pa.types.is_integer, "whole number"),
    (pa.types.is_floating, "number"),
    (pa.types.is_string, "text"),
)
_DATES = """\
## Dates

`published` is what the date column says, the front matter or the metadata of a page; where there \
is none of these, the date in the path of the file (`2020-03-05-title.txt`, \
`2020/03/05/title.txt`). Understood are

| form | such as |
|---|---|
| ISO 8601 | `2020-03-05`, `2020-03-05T14:30:00+01:00`, `2020-03-05 14.30`, `20200305` |
| the same, the zone apart | `2020-03-05 14:30:00 +0100`, `2020-03-05 13:30:00 UTC` |
| the year first, with slashes | `2020/03/05`, `2020/03/05 14:30` |
| Norwegian | `5.3.2020`, `05.03.2020 14.30`, `torsdag 5. mars 2020 kl. 14.30` |
| of feeds and mails (RFC 2822) | `Thu, 05 Mar 2020 14:30:00 +0100` |
| digits alone | `202003051430`, and seconds or milliseconds since 1970 |
| dates and times of Parquet | |

Others are left out rather than guessed: of `05/03/2020` nobody knows which is the month, of \
`5.3.20` which the century. Such documents have `date` in `repairs`, and a run tells how many \
there are; write the dates in one of these forms. A time with a zone is turned to UTC, one without \
is taken for UTC."""
# Fields of an error that hold a sentence of their own.
_SENTENCES = {
    "remedy": "The message says what to do.",
    "message": "As the message of the code that it quotes.",
}


def cli(_page: str) -> str:
    """The page about every command and its options."""
    from typer.main import get_command

    from pipeline.cli import app

    group: Any = get_command(app)
    parts = ["# The command line", _MADE, _paragraphs(group.help), _options(group)]
    parts.append(
        "`nb-entities --install-completion` lets your shell (bash, zsh, fish, PowerShell) complete"
        " commands and options with the Tab key, from the next shell on.\n\n"
        "Every option of a run but --append, --retry-failed, --allow-shrink, --rebuild, --dry-run,"
        " --summary, --wait and --quiet can also stand in `nb-entities.toml` in the current folder"
        ' (`text_column = "body"`), or in the environment (`NB_ENTITIES_TEXT_COLUMN=body`). An'
        " option overrides the environment, and the environment overrides the file. An empty"
        " variable counts as not set; a name that no setting has is refused in the file,"
        " and as a variable where it is nearly a setting's or one of these options'."
    )
    for name in sorted(group.commands):
        command = group.commands[name]
        arguments = [_argument(p) for p in command.params if p.param_type_name == "argument"]
        usage = " ".join(["nb-entities", name, *arguments, "[OPTIONS]"])
        parts += [f"## {name}", f"`{usage}`", _paragraphs(command.help), _options(command)]
        if command.epilog:
            parts.append(f"```sh\n{_examples(command.epilog)}\n```")
    return "\n\n".join(part for part in parts if part) + "\n"


def _argument(parameter: Any) -> str:
    """`SOURCE...`, or `[TABLE]` where it may be left out."""
    name = f"{parameter.metavar}{'...' * (parameter.nargs == -1)}"
    return name if parameter.required else f"[{name}]"


def _paragraphs(text: str) -> str:
    """Help text, whose lines the terminal fills anew."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _examples(epilog: str) -> str:
    lines = epilog.replace("\b", "").strip().splitlines()
    lines = [line.removeprefix("Example: ").strip() for line in lines]
    return "\n".join(
        f"# {line[1:-1]}" if line.startswith("(") else line
        for line in lines
        if line not in ("Example:", "Examples:")
    )


def _options(command: Any) -> str:
    rows = []
    for parameter in command.params:
        if parameter.hidden:
            continue
        shown = ", ".join(f"`{name}`" for name in parameter.opts)
        if parameter.param_type_name == "argument":
            shown = f"`{parameter.metavar}`"
        elif not parameter.is_flag:
            shown = shown[:-1] + f" {_value(parameter)}`"
        rows.append((shown, _paragraphs(parameter.help or "") + _default(parameter)))
    return _table(("option", ""), rows) if rows else ""


def _value(parameter: Any) -> str:
    if isinstance(parameter.default, Enum):
        return "|".join(choice.value for choice in type(parameter.default))
    return str(parameter.metavar or parameter.name.upper())


def _default(parameter: Any) -> str:
    if parameter.default in (None, False, ()) or parameter.is_flag:
        return ""
    default = parameter.default
    return f" [default: {default.value if isinstance(default, Enum) else default}]"


def tables(_page: str) -> str:
    """The page about every table and its fields."""
    parts = [
        "# The tables",
        _MADE,
        f"Schema version {schemas.SCHEMA_VERSION}. Offsets count Unicode characters (code points)"
        " from the start of `documents.text`, end exclusive. Rows are sorted by the fields that"
        " are named with each table, so that the same input gives the same files.",
        _table(
            ("type", "Parquet and pandas", "CSV"),
            [
                ("text", "string", "as it is, quoted where needed"),
                ("category", "dictionary, `category`", "text"),
                ("list of text", "list", "joined with ` | `"),
                ("time, UTC", "timestamp with time zone", "`2020-03-05T12:00:00Z`"),
                ("true or false", "boolean", "`true`, `false`"),
                ("nothing", "null; in pandas NaN or NaT", "empty"),
            ],
        ),
        "pandas takes the names NA, None and the like in a CSV for nothing: read it with"
        ' `keep_default_na=False, na_values=[""]`, or the Parquet.',
        "[Recipes](recipes.md) show how to join columns of your own, count articles that stand"
        " twice, and go by Norwegian time.",
        "`--excel` writes each table as `.excel.csv` too: semicolons, decimal commas, a mark of"
        " UTF-8, and an apostrophe before what a spreadsheet would take for a formula.",
    ]
    for table in schemas.BY_NAME.values():
        keys = ", ".join(f"`{key}`" for key in table.keys)
        rows = [
            (
                f"`{field.name}`",
                next(name for test, name in _TYPES if test(field.type)),
                "yes" if field.nullable else "",
                field.metadata[b"description"].decode(),
            )
            for field in table.schema
        ]
        parts += [
            f"## {table.name}",
            f"A row is {table.row}. Sorted by {keys}.",
            _table(("field", "type", "may be empty", "what it is"), rows),
        ]
    return "\n\n".join([*parts, _DATES]) + "\n"


def problems(page: str) -> str:
    """The page about what can go wrong, with the table of all errors anew."""
    rows = [
        (f"`{p.code}`", _sentence(p.message), _sentence(p.remedy), "" if p.terminal else "yes")
        for p in errors.BY_CODE.values()
    ]
    table = _table(("code", "what happened", "what to do", "tried again by itself"), rows)
    before, _, _ = page.partition(_MADE)
    return f"{before}{_MADE}\n\n{table}\n"


def _sentence(template: str) -> str:
    if template.strip("{}") in _SENTENCES:
        return _SENTENCES[template.strip("{}")]
    return re.sub(r"'?\{(\w+)\}'?", r"*\1*", template)


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    cells = [[cell.replace("|", r"\|") for cell in row] for row in (header, *rows)]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([lines[0], "|" + "---|" * len(cells[0]), *lines[1:]])
