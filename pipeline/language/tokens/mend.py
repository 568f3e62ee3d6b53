"""Mends token boundaries, as a pure function over offsets.

Cuts come first, each from one token and its surroundings; then neighbours without a blank
between them are joined. Both are ordered lists of small rules; the first that applies wins.
Every look ahead is bounded, so the whole is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from pipeline.language.lexicon import NEWS_AGENCIES, STARTERS
from pipeline.language.tokens.data import (
    BEFORE_NUMBER,
    COLON_NAMES,
    LETTERED,
    LETTERED_NAMES,
    LONGER_PARTIES,
    ORDINAL_HEADS,
    PARTIES,
    PARTY_PLACES,
    SLASHED_NAMES,
    SLASHED_WORDS,
    WORDS_TOO,
)

Offsets = tuple[int, int]

_AHEAD = re.compile(r"(?P<gap>\s*)(?P<opener>[–—-]\s?|[«\"“”„'(\[]{1,3})?(?P<word>\w{0,40})")
_LETTERS_DIGITS = re.compile(r"(?:[^\W\d_]{1,4}-?\d{1,4}[^\W\d_]?|\d{1,4}[^\W\d_])\.")
_NAME_DIGITS = re.compile(r"[A-ZÆØÅ][^\W\d_]+-?\d{1,4}\.")
_CAMEL = re.compile(r"[A-ZÆØÅ][a-zæøå]+[A-ZÆØÅ]\.")
_NUMBER = re.compile(r"\d[\d.,:/–-]*\.")
_CODES = re.compile(r"([A-ZÆØÅ]{1,3}\d{1,4})/([A-ZÆØÅ]{1,3}\d{1,4})")
_DASHED_NAMES = re.compile(r"([A-ZÆØÅ][^\W\d_]+|\d\d?)(?:–[A-ZÆØÅ][^\W\d_]+)+")
_EN_DASH = re.compile("–")
_DASH = re.compile("[-–]")
_SLASH = re.compile("/")
_SHARED = re.compile(r"\w+(?:/\w+)+")
_PAIR = re.compile(
    r"(?!(?:Nord|Sør|Øst|Aust|Vest|Midt)-)[A-ZÆØÅ]\w[\w./]*(-)[A-ZÆØÅ]\w[\w./]*"
)  # `Nord-Norge 10-15 grader`
_MEMBER = re.compile(rf"(?:{'|'.join(PARTIES | LONGER_PARTIES)})(-)[A-ZÆØÅ][a-zæøå]+")
_SCORE = re.compile(r"[ \t]\d{1,3}[-–]\d{1,3}\b")
_GLUED = re.compile(r"[«»“”„©]|(?<=[:,])[–—](?=\w)|(?<=\w)[:,](?=[–—«»“”„])")
_CLOSERS = "»\"”')]"


@dataclass(frozen=True, slots=True)
class Context:
    """One token and what surrounds it."""

    text: str
    start: int
    end: int
    previous: Offsets | None

    @property
    def word(self) -> str:
        """The token itself."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The token before it, empty at the start of a line."""
        if self.previous is None:
            return ""
        return self.text[self.previous[0] : self.previous[1]]

    @property
    def opens_line(self) -> bool:
        """Whether it is the first token of its line."""
        return self.previous is None or "\n" in self.text[self.previous[0] : self.start]

    def ahead(self) -> tuple[str, str, str]:
        """White space, opening punctuation and word that follow it."""
        match = _AHEAD.match(self.text, self.end)
        if match is None:  # pragma: no cover - the pattern matches the empty string
            return "", "", ""
        return match["gap"], match["opener"] or "", match["word"]

    def ends_paragraph(self) -> bool:
        """Whether nothing but closing punctuation stands before a new paragraph or the end."""
        end = self.end
        while end < min(len(self.text), self.end + 3) and self.text[end] in _CLOSERS:
            end += 1
        gap, opener, word = Context(self.text, self.start, end, self.previous).ahead()
        if end + len(gap) >= len(self.text):
            return True
        return "\n" in gap and (gap.count("\n") > 1 or bool(opener) or not word[:1].islower())

    def before_sentence(self) -> bool:
        """Whether what follows on the line looks like the start of a sentence."""
        gap, opener, word = self.ahead()
        if not gap and not opener:
            return False
        return word[:1].isupper() or (bool(opener.strip(" '(")) and word[:1].isdigit())

    def before_initial(self) -> bool:
        """Whether a single letter with a period follows."""
        gap, opener, word = self.ahead()
        end = self.end + len(gap) + len(opener) + len(word)
        return len(word) == 1 and self.text[end : end + 1] == "."

    def before_starter(self) -> bool:
        """Whether a capitalised function word, or a quotation, follows."""
        gap, opener, word = self.ahead()
        if not gap or not word[:1].isupper():
            return False
        return bool(opener) or word.lower() in STARTERS


def _splits_letters_and_digits(context: Context) -> bool:
    """`E6.`, `M4.`, `P3.`, `F-16.`, `Kirkeveien 3B.`: never an ordinal."""
    listed = context.opens_line and context.word[0].isdigit()  # `1A.`
    return bool(_LETTERS_DIGITS.fullmatch(context.word)) and not listed


def _splits_name_with_digits(context: Context) -> bool:
    """`skriver Medier24.`, but `Utøya-22. juli`."""
    if not _NAME_DIGITS.fullmatch(context.word):
        return False
    _, _, word = context.ahead()
    ordinal = word.lower() in ORDINAL_HEADS
    return context.ends_paragraph() or (context.before_sentence() and not ordinal)


def _splits_party(context: Context) -> bool:
    """`Frp.`, `Ap.`: spaCy knows them as abbreviations, papers write them without a period."""
    return context.word[:-1] in PARTIES


def _splits_camel(context: Context) -> bool:
    """`Hun tok AtB.`: spaCy takes a capital and a period for an initial."""
    if not _CAMEL.fullmatch(context.word):
        return False
    if context.word == "PhD.":  # `PhD. Hansen`
        return context.ends_paragraph() or context.before_starter()
    return context.ends_paragraph() or context.before_sentence()


def _splits_word_too(context: Context) -> bool:
    """`De var to. Hun gikk`: a number, not Tuesday."""
    if context.word[:-1] not in WORDS_TOO:
        return False
    return context.ends_paragraph() or context.before_starter()


def _splits_single_letter(context: Context) -> bool:
    """`plan B. Det`, `Tesla Model Y. Bilen`, but `Jens P. Heyerdahl`, `C. J. Hambro`."""
    if len(context.word) != 2 or not context.word[0].isalpha():
        return False
    if context.ends_paragraph():
        return True
    if (context.before, context.word[0]) in LETTERED_NAMES:  # not `på X. Y. Hansen`
        return context.before_sentence() and not context.before_initial()
    lettered = context.before[:1].islower() or context.before.lower() in LETTERED
    return lettered and context.before_starter()


def _splits_number(context: Context) -> bool:
    """`riksvei 3.` at the end, `112. Politiet`, but `19. februar`, `3. divisjon`."""
    if not _NUMBER.fullmatch(context.word):
        return False
    digits = context.word[:-1]
    if context.opens_line and len(digits) <= 2:
        return False  # the number of a list item
    if context.ends_paragraph():
        return True
    _, _, word = context.ahead()
    if context.before_sentence():
        # "den 3. Harry Potter-filmen" is as good as "den 3. Harry kom": leave it alone.
        unclear = context.before.lower() in {"den", "det", "de"} and len(digits) <= 2
        return word.lower() in STARTERS or not (word.lower() in ORDINAL_HEADS or unclear)
    # "i 2019. 12 personer": a year is no ordinal, but "20. 12" may be a date.
    return len(digits) >= 4 and word[:1].isdigit()


_PERIOD_RULES: tuple[Callable[[Context], bool], ...] = (
    _splits_letters_and_digits,
    _splits_name_with_digits,
    _splits_party,
    _splits_camel,
    _splits_word_too,
    _splits_single_letter,
    _splits_number,
)


def _cuts_last_period(context: Context) -> list[int]:
    if not context.word.endswith(".") or len(context.word) < 2:
        return []
    return [context.end - 1] if any(rule(context) for rule in _PERIOD_RULES) else []


def _cuts_two_codes(context: Context) -> list[int]:
    """`E6/E39` is two roads."""
    match = _CODES.fullmatch(context.word.rstrip("."))
    if match is None:
        return []
    cuts = [context.start + match.end(1), context.start + match.start(2)]
    return [*cuts, context.end - 1] if context.word.endswith(".") else cuts


def _cuts_agencies(context: Context) -> list[int]:
    """`NTB-AFP-Reuters` is three agencies; `E24/NTB`, and `2/NTB` of `TV 2/NTB`, share a byline."""
    word = context.word
    if NEWS_AGENCIES.issuperset(_DASH.split(word)):
        marks = _DASH
    elif _SHARED.fullmatch(word) and not NEWS_AGENCIES.isdisjoint(word.split("/")):
        marks = _SLASH
    else:
        return []
    return [context.start + cut for mark in marks.finditer(word) for cut in mark.span()]


def _is_team(context: Context) -> bool:
    """Whether a number follows a name on its line: `Schalke 04–`, but not `7–Eleven`."""
    return context.before[:1].isupper() and not context.opens_line


def _cuts_dashed_names(context: Context) -> list[int]:
    """`Brann–Odd`, `Hamar–Lillehammer–Dombås` are names; `Iran–Irak-krigen` is left alone."""
    match = _DASHED_NAMES.fullmatch(context.word)
    if match is None or (match[1].isdigit() and not _is_team(context)):
        return []
    return [context.start + cut for mark in _EN_DASH.finditer(match[0]) for cut in mark.span()]


def _cuts_before_score(context: Context) -> list[int]:
    """`Storhamar-Larvik 31-27` is two teams, as with the longer dash."""
    match = _PAIR.fullmatch(context.word)
    if match is None or not _SCORE.match(context.text, context.end):
        return []
    return [context.start + cut for cut in match.span(1)]


def _cuts_member(context: Context) -> list[int]:
    """`Rødt-Moxnes` is a party and who is in it; `Sp-topp` and `Høyre-Norge` are left alone."""
    match = _MEMBER.fullmatch(context.word)
    if match is None or context.word[match.end(1) :] in PARTY_PLACES:
        return []
    return [context.start + cut for cut in match.span(1)]


def _cuts_outer_slash(context: Context) -> list[int]:
    """`TVNZ/ AP`: the slash stands alone."""
    word = context.word
    if word.count("/") != 1 or len(word) < 2:
        return []
    if word.endswith("/") and word[:-1].isalpha():
        return [context.end - 1]
    return [context.start + 1] if word.startswith("/") and word[1:].isalpha() else []


def _cuts_glued_dash(context: Context) -> list[int]:
    """`-Jeg` opens a quotation."""
    word = context.word
    if len(word) < 2 or word[0] not in "-–—" or not word[1].isupper():
        return []
    if context.opens_line or context.before[-1:] in ".!?:»":
        return [context.start + 1]
    return []


def _cuts_glued_marks(context: Context) -> list[int]:
    """`©NTB`, `sa:–Nei`: marks that are never inside a word."""
    word = context.word
    if len(word) < 2 or "://" in word:
        return []
    cuts = {offset for match in _GLUED.finditer(word) for offset in match.span()}
    return sorted(context.start + cut for cut in cuts if 0 < cut < len(word))


_CUTS: tuple[Callable[[Context], list[int]], ...] = (
    _cuts_last_period,
    _cuts_two_codes,
    _cuts_agencies,
    _cuts_dashed_names,
    _cuts_before_score,
    _cuts_member,
    _cuts_outer_slash,
    _cuts_glued_dash,
    _cuts_glued_marks,
)
_SUSPECT = re.compile(rf"[.]$|[/–—«»“”„©]|^-|\w-[A-ZÆØÅ]|^(?:{'|'.join(sorted(NEWS_AGENCIES))})-")


def _cut(text: str, spans: Iterable[Offsets]) -> list[Offsets]:
    out: list[Offsets] = []
    previous: Offsets | None = None
    for span in spans:
        waiting = [span]
        while waiting:
            start, end = waiting.pop()
            word = text[start:end]
            cuts: list[int] = []
            if end - start > 1 and _SUSPECT.search(word):
                context = Context(text, start, end, previous)
                cuts = next((found for rule in _CUTS if (found := rule(context))), [])
            if cuts:  # what is cut off may need another cut
                waiting.extend(reversed(list(pairwise([start, *cuts, end]))))
                continue
            out.append((start, end))
            if not word.isspace() or "\n" in word:
                previous = (start, end)
    return out


def _joins_slash(words: list[str]) -> int:
    """`Bodø / Glimt` and `km / t` are one; `NTB / VG` stays three."""
    if len(words) < 3 or words[1] != "/":
        return 0
    joined = "".join(words[:3])
    head = joined.split("-", 1)[0]
    if joined.lower() in SLASHED_WORDS or {head, head.removesuffix("s")} & SLASHED_NAMES:
        return 3
    return 0


def _joins_curly_genitive(words: list[str]) -> int:
    """`USA’s`, as spaCy does with a straight apostrophe."""
    return 3 if len(words) >= 3 and words[0].isalpha() and words[1:3] == ["’", "s"] else 0


def _joins_colon(words: list[str]) -> int:
    """`by:Larm`, and `by:Larm-sjefen`."""
    if len(words) < 3 or words[1] != ":":
        return 0
    return 3 if "".join(words[:3]).split("-", 1)[0] in COLON_NAMES else 0


_JOINS: tuple[Callable[[list[str]], int], ...] = (
    _joins_slash,
    _joins_curly_genitive,
    _joins_colon,
)


def _joins_before_number(text: str, first: Offsets, second: Offsets) -> bool:
    """`Rv .` before a number is an abbreviation."""
    if text[second[0] : second[1]] != ".":
        return False
    if text[first[0] : first[1]].lower() not in BEFORE_NUMBER:
        return False
    after = text[second[1] : second[1] + 2].lstrip()
    return after[:1].isdigit()


def _join(text: str, spans: list[Offsets]) -> list[Offsets]:
    out: list[Offsets] = []
    index = 0
    while index < len(spans):
        start, end = spans[index]
        size = 1
        following = text[end : end + 1]
        if following and following in "/’.:":
            size = _joined(text, spans, index)
        out.append((start, spans[index + size - 1][1]))
        index += size
    return out


def _joined(text: str, spans: list[Offsets], index: int) -> int:
    glued = [spans[index]]
    for span in spans[index + 1 : index + 3]:
        if span[0] != glued[-1][1]:
            break
        glued.append(span)
    if len(glued) > 1 and _joins_before_number(text, glued[0], glued[1]):
        return 2
    words = [text[start:end] for start, end in glued]
    return next((size for rule in _JOINS if (size := rule(words))), 1)


def mend(text: str, spans: list[Offsets]) -> list[Offsets]:
    """Token boundaries with the tokenizer's faults mended.

    Args:
        text: The text.
        spans: Start and end of each token, in order, as spaCy's Norwegian tokenizer gives them.

    Returns:
        Start and end of each token, in order, over the same characters.
    """
    return _join(text, _cut(text, spans))
