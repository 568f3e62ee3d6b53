from __future__ import annotations

import pickle
import string

import pytest

from pipeline import errors

PROBLEMS = errors.BY_CODE.values()


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.code)
def test_problem_is_one_line_with_its_fields(problem: errors.Problem) -> None:
    template = problem.message + problem.remedy
    fields = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    text = problem.describe(**{name: f"<{name}>" for name in fields})
    assert "\n" not in text
    assert all(f"<{name}>" in text for name in fields)


def test_problem_codes_are_their_names() -> None:
    assert all(getattr(errors, p.code) is p for p in PROBLEMS)


def test_what_is_tried_again_is_transient() -> None:
    assert {p.code for p in PROBLEMS if not p.terminal} == errors.TRANSIENT
    assert "SOURCE_UNREADABLE" in errors.TRANSIENT


def test_error_crosses_process_borders() -> None:
    error = errors.UserError(errors.MODEL_MISSING, name="x", remedy="y")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert str(copy) == str(error)
    assert copy.problem == error.problem


def test_remedy_can_be_typed_as_it_is() -> None:
    told = errors.NOTHING_THERE.describe(path="mine og dine")
    assert told.endswith("--out 'mine og dine'")
    assert errors.NOTHING_THERE.describe(path="results").endswith("--out results")


def test_message_is_text_whatever_a_path_is() -> None:
    assert "'bl\\udce5'" in errors.SOURCE_MISSING.describe(path="bl\udce5")
