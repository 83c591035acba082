"""Both digests as they are mailed, byte for byte. The .eml files have Unix line ends here."""

from __future__ import annotations

import pytest

from tests.digest.golden import FOLDER, mails


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*")))
def test_the_mail_is_as_it_was_looked_at(name: str) -> None:
    assert mails()[name].decode() == (FOLDER / name).read_text(encoding="utf-8")


def test_nothing_is_missing() -> None:
    assert {path.name for path in FOLDER.glob("*")} == set(mails())
