"""The model card: what a model is, how it was made, how good it is, what falls short."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.evaluation.scoring import Evaluation, Score

_VIEWS = {
    "norne": "NorNE's labels, GPE split (headline)",
    "merged": "GPE merged",
    "types": "person, place, organisation",
    "unseen": "unseen names",
}


def score_tables(result: Evaluation) -> str:
    """Write scores as Markdown.

    Args:
        result: an evaluation.

    Returns:
        A table of the views, and one of NorNE's labels.
    """
    head = "| | F | 95 % interval | precision | recall | gold | predicted |\n"
    head += "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    views = {text: getattr(result, view) for view, text in _VIEWS.items()}
    table = head + "".join(_row(text, score) for text, score in views.items() if score is not None)
    for title, score in (("label", result.norne), ("unseen, by label", result.unseen)):
        if score is not None:
            table += "\n" + head.replace("| |", f"| {title} |", 1)
            table += "".join(_row(label, part) for label, part in score.per_type.items())
    return table


def _row(name: str, score: Score) -> str:
    """Write one line of a table."""
    return (
        f"| {name} | {score.f:.1f} | {score.low:.1f} to {score.high:.1f} "
        f"| {score.p:.1f} | {score.r:.1f} | {score.gold} | {score.predicted} |\n"
    )


def write_card(out: Path, result: Evaluation, templates: Path, **values: str) -> None:
    """Write ``README.md`` into a package.

    Args:
        out: the package.
        result: its scores on the development texts.
        templates: folder with ``card.md`` and ``tried.md``.
        values: what else to put in the place of ``{name}`` in the card.
    """
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    text = (templates / "card.md").read_text(encoding="utf-8")
    text = text.replace("{scores}", score_tables(result).rstrip())
    text = text.replace("{tried}", (templates / "tried.md").read_text(encoding="utf-8").rstrip())
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    text = text.replace("{size}", f"{size / 1e6:.1f}")
    (out / "README.md").write_text(text, encoding="utf-8")
