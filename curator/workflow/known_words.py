"""words.txt: words that are right in this workspace, one a line; the editor's own file, in which # begins a comment."""

from __future__ import annotations

from pathlib import Path

from curator.clean import fold, plain_line
from curator.errors import ConfigError, Fault, UsageError
from curator.workflow.locks import lock
from curator.workflow.replace import replace_file

WORDS_FILE = "words.txt"
_WAIT = 10.0  # seconds for another curator to finish with the file
_HEAD = "# Words that are right here; `curator check` does not mark them. One a line.\n"


def known_words(folder: Path) -> frozenset[str]:
    """Folded; none where there is no such file. Raises ConfigError where it cannot be read."""
    lines = _text(folder / WORDS_FILE).splitlines()
    return frozenset(word for line in lines if (word := fold(line.partition("#")[0])))


def know(folder: Path, word: str) -> bool:
    """Add a word at the end of the file; answers whether it was new. Raises UsageError for what is no one word."""
    word = plain_line(word)
    if not word or " " in word or "#" in word or not any(sign.isalpha() for sign in word):
        raise UsageError(f"“{plain_line(word, 40)}” is no word. Name one word that is spelled rightly.")
    with lock(folder, "words", wait=_WAIT):
        if fold(word) in known_words(folder):
            return False
        text = _text(folder / WORDS_FILE) or _HEAD
        replace_file(folder / WORDS_FILE, f"{text.rstrip()}\n{word}\n".encode())
    return True


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(path, [Fault("", "cannot be read as UTF-8 text", "Save it as UTF-8.")]) from error
