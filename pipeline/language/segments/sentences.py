"""Sentence starts over tokens, as a pure function.

Rules are asked in order whether a token starts a sentence; the first that knows decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.language.lexicon import STARTERS
from pipeline.language.segments.data import CREDIT_ENDS, CREDIT_WORDS, END_ABBREVIATIONS

_FINAL = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", "...."})
_CLOSERS = frozenset({"»", ")", "”", "]", '"', "'", "’", "“"})
_OPENERS = frozenset({"«", "(", "„", "[", '"', "'", "“", "”", "‘"})
_DASHES = frozenset({"–", "—", "-", "•", "*"})


@dataclass(slots=True)
class State:
    """Words of the text without white space, and what has been read of the paragraph so far."""

    words: Sequence[str]
    at: int = 0
    straight_quotes: int = 0
    in_credit: bool = False
    bracketed: bool = False

    @property
    def word(self) -> str:
        """The token asked about."""
        return self.words[self.at]

    @property
    def before(self) -> str:
        """The token before it."""
        return self.words[self.at - 1]

    def word_at(self, offset: int) -> str:
        """The token so many places on, empty past the ends."""
        index = self.at + offset
        return self.words[index] if 0 <= index < len(self.words) else ""

    def final_before(self) -> str:
        """Sentence-final punctuation before the token, closing marks skipped; else empty."""
        index = self.at - 1
        while index > max(self.at - 4, 0) and self.words[index] in _CLOSERS:
            index -= 1
        word = self.words[index]
        return word if word in _FINAL else ""

    def read(self) -> None:
        """Takes note of the token asked about, before going to the next."""
        if self.word == '"':
            self.straight_quotes += 1
        if self.word == ":" and self.before.lower() in CREDIT_WORDS:
            self.in_credit = True
            self.bracketed = self.word_at(-2) == "("

    def start_sentence(self) -> None:
        """Forgets the credit that ended."""
        self.in_credit = self.bracketed = False


def _opens(word: str) -> bool:
    """Whether a sentence can start with this word."""
    return word[:1].isupper() or word[:1].isdigit() or word in _OPENERS or word in _DASHES


def _closing_mark_stays(state: State) -> bool | None:
    """A closing quote or bracket belongs to the sentence it closes."""
    if state.word in {"»", ")", "]"}:
        return False
    if state.word == '"' and state.straight_quotes % 2 == 1:
        return False
    if (
        state.word in {"”", "’", "“"}
        and state.final_before()
        and not state.word_at(1)[:1].isupper()
    ):
        return False
    return None


def _credit_starts(state: State) -> bool | None:
    """`Foto :` and `( Foto :` start a sentence of their own."""
    at = 1 if state.word == "(" else 0
    if state.word_at(at).lower() in CREDIT_WORDS and state.word_at(at + 1) == ":":
        if state.word_at(at)[:1].isupper() and state.before not in {"(", ":"}:
            return True
        # "FOTO: Arkivfoto: ..." and "(Foto:" go on.
        return False if state.before in {"(", ":"} else None
    return None


def _credit_ends(state: State) -> bool | None:
    """After the agency, the bracket or the names a caption may follow without any mark."""
    if not state.in_credit or not state.word[:1].isupper():
        return None
    if state.bracketed and state.before == ")":
        return True
    if state.before.lower() in CREDIT_ENDS:
        return True
    if state.word.isupper() and len(state.word) > 2 and state.word_at(1) == ":":
        return True
    return None


def _after_final(state: State) -> bool | None:
    """After `.`, `!`, `?` and `...` whatever can open a sentence opens one."""
    final = state.final_before()
    if not final:
        return None
    if state.word in _FINAL:
        return False
    if state.word in _DASHES or state.word in _OPENERS:
        following = state.word_at(1)
        return _opens(following) or following in {"…", "..."} or final == "."
    return _opens(state.word)


def _after_colon(state: State) -> bool | None:
    """`Han sier: – Nei.`: a quotation with its own dash is a sentence of its own."""
    if state.before != ":" or state.word not in {"–", "—", "-"}:
        return None
    return state.word_at(1)[:1].isupper()


def _after_abbreviation(state: State) -> bool | None:
    """`... osv. Det`; an abbreviation within a sentence does not end it."""
    if not state.before.endswith(".") or len(state.before) < 2:
        return None
    if not state.word[:1].isupper():
        ends = state.before.lower() in END_ABBREVIATIONS
        return ends and state.word in {"–", "«"} and state.word_at(1)[:1].isupper()
    if state.before[0].isdigit() or len(state.before) == 2:
        return False  # ordinals and initials
    return state.before.lower() in END_ABBREVIATIONS or state.word.lower() in STARTERS


RULES: tuple[Callable[[State], bool | None], ...] = (
    _closing_mark_stays,
    _credit_starts,
    _credit_ends,
    _after_final,
    _after_colon,
    _after_abbreviation,
)


def sentence_starts(
    words: Sequence[str], paragraph_starts: frozenset[int], longest: int
) -> list[bool]:
    """Whether each token starts a sentence.

    Args:
        words: The tokens of the text, without those of white space.
        paragraph_starts: Indices of tokens that open a paragraph.
        longest: Most tokens in a sentence; what is longer is cut, at a comma if there is one, so
            that the context of a name stays readable whatever the text.
    """
    state = State(words)
    starts: list[bool] = []
    begun = comma = 0
    for index in range(len(words)):
        state.at = index
        if index == 0 or index in paragraph_starts:
            starts.append(True)
            state.straight_quotes = 0
        elif words[index][0].islower():
            starts.append(False)  # no rule lets such a word open a sentence: most end here
        else:
            decided = next((d for rule in RULES if (d := rule(state)) is not None), False)
            starts.append(decided)
        if starts[-1]:
            begun = index
            state.start_sentence()
        elif index - begun >= longest:
            begun = comma + 1 if comma > begun else index
            starts[begun] = True
        if words[index] in {",", ";"}:
            comma = index
        state.read()
    return starts
