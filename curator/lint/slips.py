"""English words in each other's place that no dictionary finds, because each is a word. Kept short: only what is wrong
wherever it stands."""

from __future__ import annotations

import re

import msgspec


class Slip(msgspec.Struct, frozen=True):
    """`mend` is a template for `re.Match.expand`; '' where only an editor can tell."""

    pattern: re.Pattern[str]
    mend: str
    reason: str


_FINITE = "requires|provides|includes|needs|helps|allows|supports|describes|shows|gives|promotes|ensures|aims"
_BASE = "promote|provide|include|improve|develop|ensure|require|describe|publish|launch|become|reduce|introduce"
_DEGREE = "popular|common|important|complex|difficult|likely|clear|aware|used|recognised|recognized|adopted|accepted"
_KINDS = "best|good|coercive|clinical|common|current|recovery|safe|standard|legal|medical|into|of"


def slip(pattern: str, mend: str, reason: str) -> Slip:
    """A slip by its pattern, whatever the capitals."""
    return Slip(re.compile(pattern, re.IGNORECASE), mend, reason)


MANNER = "increasingly is meant."
FORM = "a verb has the wrong form, or a word is missing."
TWICE = "it is compared twice."
WHICH = "which one is not said."
_OWNED = "support|work|role|lives|life|needs|rights|names?|families|children"
_ITS = "own|impact|members|role|aims?|findings|recommendations"
_PLACES = "section|chapter|box|table|figure|appendix|annex"
_BADLY = "negatively|positively|directly|greatly"
SLIPS = (
    slip(rf"\b(?:is|are|was|were)\s+(?:{_FINITE})\b", "", FORM),
    slip(rf"\b(?:is|are)\s+(?:{_BASE})\b(?! [a-z]+(?:-|\s)free)", "", FORM),
    slip(rf"\b(?:they|it|we|which|that|who)\s+(?:has|have|had)\s+(?:{_BASE})\b(?<!become)", "", FORM),
    slip(rf"\b(is|are|being|become|becomes)\s+increasing\s+({_DEGREE})\b", r"\1 increasingly \2", MANNER),
    slip(rf"\b({_KINDS})\s+practise\b", r"\1 practice", "as a noun it is practice."),
    slip(rf"\bwho(['’])s\s+({_OWNED})\b", r"whose \2", "whose is meant."),
    slip(r"\bstaffs(['’])(?=\s+[a-z])", r"staff\1s", "staff is many already."),
    slip(r"\b(?:more|less|most) (?:stricter|better|worse|easier|higher|lower|larger|smaller)\b", "", TWICE),
    slip(r"\bbeen\s+(?:properly|well|fully|badly)\s+(?:services|supports|funds)\b", "", FORM),
    slip(r"\bthe move away (?!from\b)(?=[a-z]+\s+[a-z]+)", "the move away from ", "from is missing."),
    slip(rf"\bin (?:{_PLACES})\s+(?=(?:which|that|and|can|are|is|the|we|you)\b)", "", WHICH),
    slip(r"\b(could|should|would|must|might) of\b(?! course)", r"\1 have", "have is meant."),
    slip(rf"\bit(['’])s ({_ITS})\b", r"its \2", "its is meant."),
    slip(r"\b(more|less|fewer|rather|higher|lower|larger|smaller|older|younger)( )then"
         r"(?= (?:half|one|two|three|a|any|ever|\d+|[a-z]+ing)\b)", r"\1\2than", "than is meant."),
    slip(r"\balot\b", "a lot", "it is two words."),
    slip(r"\b(a|an) (number|range|series) of of\b", r"\1 \2 of", "of stands here twice."),
    slip(rf"\b(?:which|that|who) (?:{_BADLY}) (?:impacting|affecting|influencing)\b", "", FORM),
)  # fmt: skip
"""In the order in which they are looked for."""
