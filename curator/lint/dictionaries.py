"""Hunspell's dictionaries, by language: loaded when the first word of a language is asked for, then kept.

Looked for in DICPATH (Hunspell's own variable), then where systems keep them; American English comes with the library.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from curator.lint.spelling import Speller

if TYPE_CHECKING:
    from hunspell import Hunspell

SYSTEM = (
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
)
_PREFERRED = {
    "en": ("en_GB", "en_US"),
    "pt": ("pt_PT", "pt"),
    "de": ("de_DE", "de"),
    "no": ("nb_NO",),
    "nb": ("nb_NO",),
}
_PACKAGES = {
    "en": "hunspell-en-gb",
    "de": "hunspell-de-de",
    "pt": "hunspell-pt-pt",
    "nb": "hunspell-no",
    "nn": "hunspell-no",
}


_CODES = """
    af an ar be bg bn br bs ca cs da el es eu fr gd gl he hi hr hu id is it ko lt lv ml mn ne nl no oc pl ro ru si sk sl
    sr sv sw te th tr uk uz vi
"""
_PACKAGED = frozenset(_CODES.split())
"""Languages whose package is called after their code (Debian 12)."""


def package_of(language: str) -> str:
    """The package of Debian and Ubuntu that brings the dictionary of a language; '' where there is none."""
    return _PACKAGES.get(language, f"hunspell-{language}" if language in _PACKAGED else "")


class Dictionaries:
    """Those of one machine. Reads files when asked, and keeps what it read."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        own = [path for path in environ.get("DICPATH", "").split(os.pathsep) if path]
        self._folders = [*own, *SYSTEM]
        self._kept: dict[str, Speller | None] = {}

    def speller(self, language: str) -> Speller | None:
        """What knows the words of a language (`en`, `sv`); None where there is no dictionary of it."""
        if language not in self._kept:
            files = self._files(language)
            self._kept[language] = _Several(files, language == "en" and not _has_british(files)) if files else None
        return self._kept[language]

    def _files(self, language: str) -> list[Path]:
        """`sv_SE.dic` and the like; of a language that is spelled in two ways both, otherwise the first."""
        wanted = _PREFERRED.get(language)
        if wanted is None:
            found = [path for folder in self._folders for path in sorted(Path(folder).glob(f"{language}*.dic"))]
            pattern = re.compile(rf"{language}(?:[_-]\w+)?\.dic")
            return [path for path in found if pattern.fullmatch(path.name) and path.with_suffix(".aff").is_file()][:1]
        paths = (self._first(name) for name in wanted)
        return [path for path in paths if path]

    def _first(self, name: str) -> Path | None:
        folders = [*self._folders, *([_bundled()] if name == "en_US" else [])]
        for folder in folders:
            path = Path(folder) / f"{name}.dic"
            if path.is_file() and path.with_suffix(".aff").is_file():
                return path
        return None


def _has_british(files: Sequence[Path]) -> bool:
    return any(path.stem == "en_GB" for path in files)


@lru_cache(maxsize=1)
def _bundled() -> str:
    """Where the library keeps its own dictionary."""
    spec = find_spec("hunspell")
    assert spec and spec.submodule_search_locations
    return str(Path(spec.submodule_search_locations[0]) / "dictionaries")


_BRITISH = (
    (re.compile(r"(?<=[a-z]{2})([iy])s(e|es|ed|er|ers|ing|ation|ations|ational)$"), r"\1z\2"),
    (re.compile(r"([a-z]{2,})our(s|ed|ing|al|able|ful|ite|ites|ly|hood|hoods)?$"), r"\1or\2"),
    (re.compile(r"([a-z]{2,})tre(s?)$"), r"\1ter\2"),
    (re.compile(r"([a-z]{2,})tr(ed|ing)$"), r"\1ter\2"),
    (re.compile(r"([a-z]+)ll(ed|ing|ers?|ors?|ous|ously|ery|en)$"), r"\1l\2"),
    (re.compile(r"^(program)mes?$"), r"\1"),
    (re.compile(r"([a-z]+)ogue(s|d)?$"), r"\1og\2"),
    (re.compile(r"^(lic|def|off|pret)ence(s?)$"), r"\1ense\2"),
    (re.compile(r"ae(?=[cdmst])|oe(?=[adilostu])"), "e"),
    (re.compile(r"^(practi|licen)[cs](e|es|ed|ing)$"), r"\1c\2"),
    (re.compile(r"^(fulfil|enrol|instal|skil)(ment|s|ful|fully)?$"), r"\1l\2"),
)
"""British spellings and what an American dictionary has in their place, for machines with no British one."""


class _Several:
    """Dictionaries of one language; a word that one of them knows is known."""

    def __init__(self, files: Sequence[Path], lenient: bool) -> None:
        self._files, self._lenient = files, lenient
        self._answers: dict[str, bool] = {}

    @cached_property
    def _loaded(self) -> list[Hunspell]:
        from hunspell import Hunspell

        return [Hunspell(path.stem, hunspell_data_dir=str(path.parent)) for path in self._files]

    def knows(self, word: str) -> bool:
        answer = self._answers.get(word)
        if answer is None:
            answer = self._answers[word] = self._looked_up(word) or (self._lenient and self._american(word))
        return answer

    def _looked_up(self, word: str) -> bool:
        try:
            return any(each.spell(word) for each in self._loaded)
        except UnicodeEncodeError:  # letters that a dictionary of an older encoding cannot hold
            return False

    def _american(self, word: str) -> bool:
        forms = (pattern.sub(into, word) for pattern, into in _BRITISH)
        return any(form != word and self._looked_up(form) for form in forms)
