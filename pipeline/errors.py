"""Every error a user can meet: its code, what happened, and what to do about it.

Two kinds share one catalogue. A *fatal* error ends the command with its exit code and one line
on stderr (`UserError`). A *document* failure is a row in the `failures` table and the run goes on;
it is terminal (trying again cannot help until the document changes) or transient (worth retrying).
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from enum import IntEnum
from functools import partial


class Exit(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    USAGE = 2
    SOME_FAILED = 3
    UNFINISHED = 4
    LOCKED = 75
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that can go wrong.

    Attributes:
        code: Stable identifier, upper snake case; what `failures.code` holds.
        message: What happened, a `str.format` template.
        remedy: What the user can do, a `str.format` template over the same fields.
        exit: Exit code where the problem ends the command.
        terminal: Whether a document that meets it is left alone until it changes.
    """

    code: str
    message: str
    remedy: str
    exit: Exit = Exit.USAGE
    terminal: bool = True

    def describe(self, **fields: object) -> str:
        """The message and remedy as one line of text, `fields` filled in."""
        # In a remedy a path stands in a command, to be typed as it is.
        typed = {k: shlex.quote(str(v)) if k == "path" else v for k, v in fields.items()}
        text = f"{self.message.format(**fields)} {self.remedy.format(**typed)}"
        line = " ".join(text.split())
        # A path need not be UTF-8, which tables and logs are.
        return line.encode("utf-8", "backslashreplace").decode()


class _CodedError(Exception):
    """An exception with a problem of the catalogue; `str(error)` is its one line."""

    def __init__(self, problem: Problem, **fields: object) -> None:
        super().__init__(problem.describe(**fields))
        self.problem = problem
        self.fields = fields

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions cross process borders by pickle, which knows nothing of keyword arguments.
        return partial(type(self), self.problem, **self.fields), ()


class UserError(_CodedError):
    """A problem that ends the command. `str(error)` is the one line a user sees."""


class DocumentError(_CodedError):
    """A problem that costs one document. `str(error)` is the `failures.message`."""


class Interrupted(BaseException):
    """A signal asked the run to stop. No `Exception`: no fault of a document, never swallowed."""


# Sources ---------------------------------------------------------------------------------------

SOURCE_MISSING = Problem(
    "SOURCE_MISSING",
    "No file or folder '{path}'.",
    "Check the spelling, or run the command from the folder that holds it.",
)
SOURCE_IS_OUT = Problem(
    "SOURCE_IS_OUT",
    "'{path}' is where the tables go.",
    "Give another folder with --out.",
)
SOURCE_EMPTY = Problem(
    "SOURCE_EMPTY",
    "Found nothing to read in {paths}{instead}.",
    "Readable are {suffixes}, each also with {compressions}; pdftotext makes text of a PDF.",
)
SOURCE_CLASH = Problem(
    "SOURCE_CLASH",
    "'{path}' and '{other}' are both called '{name}', so their documents would share ids.",
    "Rename one, or give the folder that holds both.",
)
SOURCE_UNREADABLE = Problem(
    "SOURCE_UNREADABLE",
    "Could not read the file: {reason}.",
    "Check its permissions and that the disk is mounted; three runs try it, then --retry-failed.",
    terminal=False,
)
UNKNOWN_FORMAT = Problem(
    "UNKNOWN_FORMAT",
    "'{name}' has no known format.",
    "Readable are {suffixes}, each also with {compressions}; pdftotext makes text of a PDF.",
)
SHOW_WHAT = Problem(
    "SHOW_WHAT",
    "'{given}' is neither a text nor a file.",
    "Give one article, in quotes or as a file; for a folder there is nb-entities run.",
)
NOT_TEXT = Problem(
    "NOT_TEXT",
    "The file is {kind}, not text.",
    "Convert it to text first (pdftotext for a PDF), or leave it out.",
)
NOT_READABLE = Problem("NOT_READABLE", "{message}", "")
BAD_ENCODING = Problem(
    "BAD_ENCODING",
    "The bytes are not {encoding}: {reason}.",
    "Save it as UTF-8; --encoding is for all sources, where they are in another one.",
)
UNKNOWN_ENCODING = Problem(
    "UNKNOWN_ENCODING",
    "There is no encoding called '{encoding}'.",
    "Common ones are utf-8, cp1252, latin-1 and utf-16.",
)
BAD_COMPRESSION = Problem(
    "BAD_COMPRESSION",
    "The compressed file is damaged or too large when unpacked: {reason}.",
    "Compress it again from the original, or split it.",
)
TOO_LARGE = Problem(
    "TOO_LARGE",
    "The document is larger than {limit} MB.",
    "Split it, or check that its lines and quotes end where they should.",
)
BAD_FILE = Problem(
    "BAD_FILE",
    "The file could not be read as {format}: {reason}.",
    "Open it in the program it came from, and save it again or as text.",
)
BAD_TABLE = Problem(
    "BAD_TABLE",
    "The table could not be read: {reason}.",
    "Open it in a spreadsheet or with pandas, mend it and save it again.",
)
BAD_ROW = Problem(
    "BAD_ROW",
    "Line {line} could not be read: {reason}.",
    "Mend that line; the other rows were read.",
)
NO_TEXT_COLUMN = Problem(
    "NO_TEXT_COLUMN",
    "There is no text column among: {columns}.",
    "Name it with --text-column.",
)
NO_COLUMN = Problem(
    "NO_COLUMN",
    "There is no column '{column}' among: {columns}.",
    "Correct --{option}-column.",
)
NO_TEXT = Problem(
    "NO_TEXT",
    "The row has no text.",
    "Fill in column '{column}', or remove the row.",
)

# Processing ------------------------------------------------------------------------------------

DOCUMENT_FAILED = Problem(
    "DOCUMENT_FAILED",
    "The stage raised {error}.",
    "Please report it with the document; --retry-failed tries again.",
)
DOCUMENT_TIMEOUT = Problem(
    "DOCUMENT_TIMEOUT",
    "The document took more than {seconds} seconds.",
    "Split it into smaller ones; three runs try it, then --retry-failed.",
    terminal=False,
)
WORKER_DIED = Problem(
    "WORKER_DIED",
    "The worker process died on this document ({reason}).",
    "It may need more memory than --memory allows; three runs try it, then --retry-failed.",
    terminal=False,
)
STAGE_BROKEN = Problem(
    "STAGE_BROKEN",
    "Stage '{stage}' can do no document at all: {reason}.",
    "Check the model and --memory and run again; no document was marked as failed.",
    exit=Exit.UNFINISHED,
)

# Datasets --------------------------------------------------------------------------------------

BAD_PLACE = Problem(
    "BAD_PLACE",
    "'{uri}' cannot be used: {reason}.",
    "Give a folder or a URI such as s3://bucket/articles; fsspec+PROTOCOL:// names any other store "
    "that fsspec knows.",
)
SCHEDULER_LOST = Problem(
    "SCHEDULER_LOST",
    "No connection to the scheduler '{scheduler}': {reason}.",
    "See that it runs and start again: the partitions that are done are kept.",
    exit=Exit.UNFINISHED,
)
WORKERS_DIFFER = Problem(
    "WORKERS_DIFFER",
    "A worker has another nb-entities, model, gazetteer or version of a library than this machine.",
    "Install the same on all of them (ftfy, numpy, onnxruntime, spaCy and thinc count), and "
    "restart the workers.",
    exit=Exit.UNFINISHED,
)
PARTITION_FAILED = Problem(
    "PARTITION_FAILED",
    "The partition could not be done: {reason}.",
    "Mend it, or give its worker more memory; the next run tries it again.",
    terminal=False,
)
RESULT_DAMAGED = Problem(
    "RESULT_DAMAGED",
    "The result of partition '{partition}' could not be read: {reason}.",
    "Run again: it was removed, and is made anew.",
    exit=Exit.UNFINISHED,
)

# Models ----------------------------------------------------------------------------------------

MODEL_MISSING = Problem(
    "MODEL_MISSING",
    "Model '{name}' is not installed.",
    "{remedy}",
)
MODEL_BROKEN = Problem(
    "MODEL_BROKEN",
    "Model '{name}' could not be loaded: {reason}.",
    "Reinstall it, or use the bundled one by leaving --model out.",
)
MODEL_NO_NER = Problem(
    "MODEL_NO_NER",
    "Model '{name}' finds no entities (its pipeline is: {pipes}).",
    "Choose one that does: 'nb-entities models' lists those installed; for spaCy's run {install}",
)
MODEL_FOREIGN = Problem(
    "MODEL_FOREIGN",
    "Model '{name}' has labels that are not NorNE's: {labels}.",
    "Choose one with NorNE's: 'nb-entities models' lists those installed; "
    "for spaCy's run {install}",
)

# Settings --------------------------------------------------------------------------------------

BAD_SETTINGS = Problem(
    "BAD_SETTINGS",
    "{where}: {reason}.",
    "Correct it; the command's --help describes its options, and 'nb-entities run --help' every"
    " setting.",
)
BAD_GAZETTEER = Problem(
    "BAD_GAZETTEER",
    "Gazetteer '{path}': {reason}.",
    "It has to be a CSV file with a header, name,type and, where wanted, canonical,id; type is one"
    " of {types}.",
)
BAD_ALIASES = Problem(
    "BAD_ALIASES",
    "Aliases '{path}': {reason}.",
    "It has to be a CSV file with a header, name,canonical and, where wanted, type; type is one of"
    " {types}; what stands as a canonical name has no other.",
)
EXTRA_MISSING = Problem(
    "EXTRA_MISSING",
    "{what} needs a package that is not installed.",
    "Run: pip install 'nb-entities[{extra}]'",
    terminal=False,
)

BAD_GOLD = Problem(
    "BAD_GOLD",
    "Gold file '{path}': {reason}.",
    "Give CoNLL-U with name= in the last of its ten columns, or JSON lines with doc_id, text and "
    "mentions, in UTF-8; docs/evaluation.md shows both.",
)
BAD_NAMES = Problem(
    "BAD_NAMES",
    "Folder '{path}': {reason}.",
    "Give the folder that holds narc/ and norne/; docs/evaluation.md says what is in them.",
)
NOTHING_TO_SCORE = Problem(
    "NOTHING_TO_SCORE",
    "There is nothing to score.",
    "Give a gold file, or --names with the folder that holds narc/ and norne/.",
)
BAD_DATA = Problem(
    "BAD_DATA",
    "The model could not be built: {reason}.",
    "docs/training.md says what the data folder holds.",
)

# Outputs ---------------------------------------------------------------------------------------

LOCKED = Problem(
    "LOCKED",
    "Another run is working on '{path}'.",
    "Wait for it to end, or use --wait.",
    exit=Exit.LOCKED,
)
NOTHING_THERE = Problem(
    "NOTHING_THERE",
    "There are no results in '{path}' yet.",
    "Make them with: nb-entities run SOURCE --out {path}",
)
ONLY_CSV = Problem(
    "ONLY_CSV",
    "'{path}' has no Parquet files.",
    "Read {file} with pandas, or run with --format csv,parquet.",
)
STAGE_FIRST = Problem(
    "STAGE_FIRST",
    "Stage '{stage}' has nothing to work on in '{path}'.",
    "First run what comes before it: nb-entities {before} --out {path}",
)
OTHER_STORE = Problem(
    "OTHER_STORE",
    "'{path}' was written with store version {found}; this program has {ours}.",
    "{remedy}",
    exit=Exit.UNFINISHED,
)
STORE_FAILED = Problem(
    "STORE_FAILED",
    "The store in '{path}' could not do its work: {reason}.",
    "Run again; if it stays so, run with --rebuild: the store is made anew from the sources.",
    exit=Exit.UNFINISHED,
)
STORE_BROKEN = Problem(
    "STORE_BROKEN",
    "The store '{path}' cannot be opened: {reason}.",
    "Run with --rebuild: it is made anew from the sources; the tables stay until that is done.",
    exit=Exit.UNFINISHED,
)
CANNOT_READ = Problem(
    "CANNOT_READ",
    "Could not read '{path}': {reason}.",
    "Check its name and permissions, and that the disk is mounted.",
    exit=Exit.UNFINISHED,
)
CANNOT_WRITE = Problem(
    "CANNOT_WRITE",
    "Could not write to '{path}': {reason}.",
    "Free some space, correct the permissions or give another path, and run again; the outputs are"
    " as before.",
    exit=Exit.UNFINISHED,
)
NO_OUTPUT = Problem(
    "NO_OUTPUT",
    "Could not write to standard output: {reason}.",
    "Free some space, or send it elsewhere; it changes nothing about the tables.",
    exit=Exit.UNFINISHED,
)
NO_SUMMARY = Problem(
    "NO_SUMMARY",
    "Could not write the summary '{path}': {reason}.",
    "Correct --summary; it changes nothing about the run itself.",
)
FAULT = Problem(
    "FAULT",
    "The program itself failed: {error}.",
    "Please report it with the lines above; the outputs are whole, and the next run goes on.",
    exit=Exit.UNFINISHED,
)
IN_THE_WAY = Problem(
    "IN_THE_WAY",
    "'{path}' stands where a table would go, and no run wrote it.",
    "Move it away, or choose another folder with --out.",
    exit=Exit.UNFINISHED,
)
SHRUNK = Problem(
    "SHRUNK",
    "Source '{name}' now holds {now} documents where the last run had {before}.",
    "Is a disk not mounted? If it is meant so, run again with --allow-shrink.",
    exit=Exit.UNFINISHED,
)
CANNOT_KEEP = Problem(
    "CANNOT_KEEP",
    "Cannot keep what came from {names}: the store does not have all of it.",
    "Name it again and see that it can be read, or go on without what is missing with"
    " --allow-shrink.",
    exit=Exit.UNFINISHED,
)
UNIT_EXISTS = Problem(
    "UNIT_EXISTS",
    "'{path}' is there already, and says something else.",
    "Remove it first, and add again what was added by hand; to have both, write to another folder"
    " with --to, and rename both files.",
)
REVIEW_EXISTS = Problem(
    "REVIEW_EXISTS",
    "'{path}' is there already.",
    "It may hold corrections: give another name, or remove it first.",
)
BAD_QUERY = Problem(
    "BAD_QUERY",
    "The query failed: {reason}.",
    "The tables are {tables}; 'nb-entities schema' describes their columns.",
)
VERIFY_FAILED = Problem(
    "VERIFY_FAILED",
    "'{path}' is not as its manifest says: {reason}.",
    "Run again: nb-entities run SOURCE --out {path}",
    exit=Exit.UNFINISHED,
)

# The catalogue by code, and the codes of what may be well the next time.
BY_CODE = {one.code: one for one in list(globals().values()) if isinstance(one, Problem)}
TRANSIENT = {code for code, problem in BY_CODE.items() if not problem.terminal}


def first_line(error: Exception) -> str:
    """The first line of an error's message; its kind where it has none."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
