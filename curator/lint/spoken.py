"""Which language a text is in, told by its small words: enough to keep the rules of one language off another's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(
    r"“[^“”]{12,600}[”“]|„[^„“”]{12,600}[“”]|”[^”]{12,600}”|\"[^\"\n]{12,600}\"|«[^«»]{12,600}»|»[^«»]{12,600}«"
)
_ENOUGH, _TIMES = 3, 3
"""Small words that tell another language, and how many times those of the language said they must be."""

_SMALL = {
    "en": "the and of for with from that this which are were have has been their they would by it is not be at as "
          "or how what its into than these those",
    "de": "der die das und für mit von den dem des ein eine einer eines ist sind nicht zur zum auf im bei wird werden "
          "auch über nach dieser diese dieses",
    "nl": "de het een van en voor met zijn niet aan door worden wordt ook naar bij uit deze dit die dat over",
    "fr": "le la les des et pour dans une un du est sont avec sur par au aux ce cette qui que de ne pas plus ou",
    "es": "el la los las y para con una un del es son por en que de al se su sus como no más este esta",
    "pt": "o os as e para com uma um do da dos das é são por em que de ao na no nas nos se sua não mais",
    "it": "il lo la gli le e per con una un del della dei delle di che è sono da nel nella alla non più",
    "sv": "och det att en ett för med som på är av den inte till om från har vid eller de kan",
    "da": "og det at en et for med som på er af den ikke til om fra har ved eller de kan skal efter",
    "nb": "og det at en et for med som på er av den ikke til om fra har ved eller de kan skal etter",
    "fi": "ja on ei että se joka ovat sekä myös tai kuin mutta oli jotka sen tämä",
    "cy": "y yr yn ac i o ar am gan wedi mae bod sydd yw neu eu ei i'r o'r ym oedd fod",
    "ga": "an na agus ar le do go ag ó sa tá bhí is den chun faoi leis atá",
    "mi": "te ngā nga me ki ko he o i mō mo ka kia hoki tēnei rātou mai ana",
}  # fmt: skip
_SETS = {code: frozenset(words.split()) for code, words in _SMALL.items()}


def spoken(text: str, said: str) -> str:
    """The language of a text that is `said` to be in one: that, unless the text's small words clearly tell another.
    '' where they tell that it is none of `said`, and not which. ISO 639-1."""
    counted = _counted(text)
    first, second = sorted(counted, key=lambda code: -counted[code])[:2]
    clear = counted[first] >= _ENOUGH and counted[first] >= _TIMES * counted.get(said, 0)
    if first == said or not clear:
        return said
    return first if counted[first] > counted[second] else ""


@lru_cache(maxsize=1024)
def _counted(text: str) -> dict[str, int]:
    words = _WORD.findall(text.casefold())
    return {code: sum(word in small for word in words) for code, small in _SETS.items()}


def foreign(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Begin and end of the quotations in a text of a language that are in another."""
    for found in _QUOTED.finditer(text):
        if spoken(found[0], language) != language:
            yield found.span()
