"""Numbers as they are written in words and figures."""

from __future__ import annotations

_IN_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
"""
_WORDS = _IN_WORDS.split()
_MANY = "|".join(_WORDS[2:])
NUMBER = rf"(?:{_MANY}|(?<![\d.,:/-])\d{{1,2}}(?![\d%:/-]|[.,]\d|st\b|nd\b|rd\b|th\b))"
"""Two to twenty in words, or a number of up to two figures that is no part of a date, a time or a share."""


def value(word: str) -> int:
    """`three` and `3` are 3."""
    return int(word) if word.isdigit() else _WORDS.index(word.casefold())


def written(number: int, like: str) -> str:
    """`number` in the form of `like`: in figures, in words, with a capital."""
    if like.isdigit() or number >= len(_WORDS):
        return str(number)
    return _WORDS[number].capitalize() if like[:1].isupper() else _WORDS[number]
