"""Words that decide where a sentence ends and what part of an article it is. Own compilation."""

from __future__ import annotations

from pipeline.language.lexicon import NEWS_AGENCIES

# Abbreviations that often end a sentence: a capital after them starts the next one.
END_ABBREVIATIONS = frozenset(
    """
    osv. etc. mv. m.v. m.m. m.fl. mfl. ofl. o.l. e.l. o.a. el. mva. moh. f.kr. e.kr. pst. kr. mill.
    mrd. t.v. t.h. tlf. stk. d.d. d.y. d.e. a.m. p.m. fvt. utg. årh. ph.d. jr. sr. aug. okt. nov.
    des. jan. feb. sep.
    """.split()
)

# What opens a photo or text credit, before a colon.
CREDIT_WORDS = frozenset(
    """
    foto fotos foto/video fotograf fotografi arkivfoto illustrasjonsfoto illustrasjon arkiv
    pressefoto skjermdump skjermbilde faksimile grafikk video montasje fotomontasje bilde bilder
    """.split()
)
TEXT_CREDIT_WORDS = frozenset("tekst journalist journalister reporter reportasje kilde".split())

# Where a credit ends, even when the caption follows without any mark.
CREDIT_ENDS = frozenset({"scanpix"})

# Verbs that ascribe what was said to someone: ", sier Putin".
SAYING_VERBS = frozenset(
    """
    sier sa mener mente forteller fortalte svarer svarte skriver skrev opplyser opplyste forklarer
    forklarte uttaler uttalte hevder hevdet spør spurte legger la fortsetter fortsatte understreker
    understreket påpeker påpekte fastslår fastslo innrømmer innrømmet konstaterer konstaterte tror
    trodde håper håpet oppfordrer oppfordret lover lovet advarer advarte siterer utdyper utdypet
    presiserer presiserte tilføyer tilføyde roper ropte ler lo smiler smilte meddeler meddelte
    melder meldte kommenterer kommenterte oppsummerer oppsummerte heter het lyder lød
    """.split()
)

AGENCIES_IN_BRACKETS = NEWS_AGENCIES | {"©NTB"}
