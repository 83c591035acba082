"""English words that do not go together: one and many, an article and the sound after it, a verb where a noun belongs.
Kept to what is wrong wherever it stands, or where what stands around it leaves no other reading."""

from __future__ import annotations

from curator.lint.slips import Slip, slip

_BEGIN = r"(?m:^)[^\w\n]{0,4}"
"""Of a line, or of an item."""
_VERB = (
    "develop|provide|improve|ensure|promote|implement|achieve|identify|reduce|deliver|establish|integrate|prevent|"
    "maintain|strengthen|enhance"
)
"""Verbs that are never nouns."""
_MEANS = "mechanism|system|process|tool|method|procedure"
_THIRD = "allow|provide|require|include|ensure|enable|promote|offer|help|need"
_PREPOSITION = "of|to|in|for|with|from|by|between|on|at|as|into|through|across|about"
_ASKED = "cover|explain|describe|show|know|understand|consider|discuss|explore|learn"
_OWNERS = "women|men|children|girls|boys|patients|carers|families|adolescents|users"
_NATIONS = (
    "indigenous|first|nations|aboriginal|native|tribal|islander|minority|all|these|those|many|world['’]s|other|two|both|"
    "the|of"
)
_PERSONS = "facilitate|support|improve|respect|protect|promote|young|younger|old|older|disabled"
_HEADS = "convention|declaration|charter|covenant|treaty"
_TREATED = "medicalisation|medicalization|representation|reliance|prescribing|prescription|diagnosis"
_ONE = "country|service|organisation|organization|stakeholder|government|agency|policy|strategy|webinar|member"
_MANY = "countries|services|organisations|organizations|stakeholders|governments|agencies|policies|strategies|webinars"
_FOUND = "reports|documents|findings|results|measures|guidelines|guides|members|patients|wards|beds|children|people"
_COUNTED = "people|patients|children|services|countries|beds|wards|admissions|deaths|suicides|visits|nurses|reports"
_SEVERAL = "these|those|many|several|various|two|three|four|five|six|seven|eight|nine|ten"
_GOES_ON = (
    r"(?=\s+(?:are|were|have|had|will|can|should|must|may|in|of(?! origin)|from|that|who|which|to|with)\b|\s*[.;:]|"
    r",(?! [\w-]+(?: [\w-]+)?,? (?:and|or|&) ))"
)
_NO_NOUN = "also|into|only|over|each|even|ever|other|about|above|after|again|along|among|amid|otherwise|onto|onwards?"
_AS_YOU = "university|universal|unique|united|union|user|useful|usual|uniform|unified|euro|european"

NUMBER = "one and many do not go together."
SOUND = "the article goes by the sound of what follows."
NOUN = "a noun belongs here, or a form in -ing."
ORDER = "a question within a sentence is not turned round."

AGREEMENT: tuple[Slip, ...] = (
    slip(rf"\b(?:{_SEVERAL}) (?:{_ONE})\b{_GOES_ON}", "", NUMBER),
    slip(rf"(?:{_BEGIN}|(?<=[.!?] ))(?-i:The|These|Those|Our|Their|All) (?-i:{_MANY}|{_FOUND}) (?:was|is|has|does)\b",
         "", NUMBER),
    slip(rf"\b(?:a|the) number of (?:{_ONE})\b(?= (?:has|have|is|are|was|were)\b)", "", NUMBER),
    *(slip(rf"\b(?-i:{less}) ({_COUNTED})\b(?![-'’])", rf"{fewer} \1", "what can be counted is fewer.")
      for less, fewer in (("less", "fewer"), ("Less", "Fewer"))),
    slip(rf"\bamount of ({_COUNTED})\b(?![-'’])", r"number of \1", "what can be counted has a number."),
    slip(rf"\b(?:this|each|every|another|(?:in|of|for|from|by|only) one) (?:{_MANY})\b(?!['’])", "", NUMBER),
    slip(rf"{_BEGIN}\b(?:key|each|every) (?:{_ONE}) (?:receive|have|are|were|include|do|need(?= to))\b", "", NUMBER),
    slip(r"\b(there) (?:is|was) (two|three|four|five|six|seven|eight|nine|ten|many|several) (?=[a-z]+s\b(?!['’]))",
         r"\1 are \2 ", NUMBER),
    slip(rf"{_BEGIN}(?-i:[A-Z])[a-z]+ (?:(?!(?:{_PREPOSITION}) )[a-z-]+ ){{0,2}}"
         rf"(?!(?:news|series|means|atlas|bias|lens|[a-z]+ics) )[a-z]+[^su\Wi]s that (?:{_THIRD})s\b", "", NUMBER),
    slip(rf"(?-i:\bThe) (?:UN )?(?:{_HEADS}) (?:on|of|for) "
         rf"(?:(?:the|of|with|for|on|to|against|in|and(?! the| (?:optional )?(?:protocol|{_HEADS}))) |"
         r"(?-i:[A-Z])[\w-]{1,40} ){1,12}"
         r"(?-i:note|state|require|recognise|recognize|declare|guarantee|oblige)\b", "", NUMBER),
    slip(r"\b(day)( \d{1,2} (?:and|&) \d{1,2})(?=[ \t]*(?:[:.;,)\n]|\Z))", r"\1s\2", NUMBER),
    slip(rf"(?<![\w-])(?-i:an) (?=(?-i:[bcdfgjklmnpqrstvwyz][a-z]{{3,}})\b|(?:{_AS_YOU})\b)", "a ", SOUND),
    slip(rf"(?<=[a-z] )(?-i:a) (?=(?!(?:{_NO_NOUN}|one|once|euro[a-z]*|ewe)\b)(?-i:[aeio][a-z]{{3,}})\b)",
         "an ", SOUND),
    slip(rf"\b(?:for|of|by|without) (?-i:{_VERB})\b", "", NOUN),
    slip(rf"\b(?:{_MEANS})s? (?:for|of) (?:monitor|evaluate)\b", "", NOUN),
    slip(r"\bincluding(?= and (?!especially\b|particularly\b|not\b|up\b|above\b|beyond\b)[a-z])", "inclusion",
         "inclusion is meant."),
    slip(r"\b(chemical|physical|mechanical) restrains\b", r"\1 restraints", "as a noun it is restraint."),
    slip(r"\b((?:should|must|can|could|may|might) be|(?m:^)be) complimented by\b", r"\1 complemented by",
         "what makes a thing whole complements it."),
    slip(r"\b(mentally health)\b", r"\1y", "healthy is meant, or mental."),
    slip(r"\b(mental|public|child|global) heath\b", r"\1 health", "health is meant."),
    slip(r"\bpubic (health|services?|sector|bod(?:y|ies)|polic(?:y|ies)|consultation)\b", r"public \1",
         "public is meant."),
    slip(r"\btheir (are|is|was|were)\b(?= (?:a|an|the|no|many|several|some|also|two|three|still)\b)", r"there \1",
         "there is meant."),
    slip(r"\b(principle) (author|investigator|adviser|advisor)s?\b", r"principal \2", "principal is meant."),
    slip(rf"\b(of|the|an) over ({_TREATED})\b", r"\1 over-\2", "over is part of the word."),
    slip(rf"\b(?:{_ASKED})s? how (?:do|does|can|should) (?:we|they|you)\b", "", ORDER),
    slip(rf"\b((?:{_OWNERS})['’]s?)(?= (?:{_OWNERS})['’]s? (?:and|or|&) )", r"\1,", "a comma is missing in the row."),
    slip(rf"(?<!\w )(?<!\w)peoples(['’])(?= [a-z])|"
         rf"\b(?:(?!(?:{_NATIONS}|[a-z]+n) )(?-i:[a-z]+)|{_PERSONS}) peoples['’](?= [a-z])", "",
         "of one people it is right; of persons it is people’s."),
)  # fmt: skip
"""In the order in which they are looked for."""
