"""What is asked of one run, and what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline import errors
from pipeline.vocabulary import STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of one run beyond its settings.

    Attributes:
        stages: The stages to do; they are done in the order of `vocabulary.STAGES`.
        sources: Files, folders and "-"; needed where ingest is among the stages.
        append: Keep the documents of sources that are not named.
        retry_failed: Try again what failed terminally.
        allow_shrink: Go on where most of a source's documents are gone.
        wait: Wait for another run on the same output folder.
        rebuild: Begin with an empty store: everything is read and worked on again, and compared
            with the published tables.
        export: A Parquet file for the tokens, once the stages are done.
    """

    stages: Sequence[str] = STAGES
    sources: Sequence[str] = ()
    append: bool = False
    retry_failed: bool = False
    allow_shrink: bool = False
    wait: bool = False
    rebuild: bool = False
    export: Path | None = None


@dataclass(slots=True)
class Report:
    """What a run did.

    Attributes:
        run_id: Of the published tables; None where a stage before write was the last.
        worked: Documents that each stage worked on; resolve and write count the run's documents,
            0 where nothing had changed.
        documents: Published documents by status.
        failures: Failures by code: the published ones, or those of the stages done.
        files: Paths of the published files.
        rows: Rows of each published table.
        seconds: What each stage took.
        n_new: Number of entities that the tables before did not have; 0 where none were written.
        n_undated: Documents of the store whose date was not understood; 0 without an ingest.
        undated: The doc_id of the first of them.
        new: Those of them that are mentioned most: entity_id, name, type, n_mentions.
    """

    run_id: str | None = None
    worked: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    n_new: int = 0
    n_undated: int = 0
    undated: str | None = None
    new: list[dict[str, Any]] = field(default_factory=list)

    @property
    def exit(self) -> errors.Exit:
        """The command's exit code."""
        return errors.Exit.SOME_FAILED if self.failures else errors.Exit.DONE
