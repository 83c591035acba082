"""Every code a check can say is documented, and no other is."""

from __future__ import annotations

import re
from pathlib import Path

from curator.lint.codes import CODES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
CHECKS = ("digest/check.py", "workflow/check.py", "workflow/balance.py", "workflow/sealing.py", "workflow/stood.py")


def said() -> set[str]:
    """The codes in the sources of the checks that are not the lint's."""
    texts = "".join((ROOT / "curator" / name).read_text(encoding="utf-8") for name in CHECKS)
    notices = (ROOT / "curator" / "digest" / "notice.py").read_text(encoding="utf-8")
    own = set(re.findall(r'(?:_fault|NoticeFault)\("([\w-]+)"', notices))
    own |= set(re.findall(r'^CODE = "([\w-]+)"', texts, re.MULTILINE))
    return own | set(re.findall(r'Finding\(\s*(?:"\w+"(?: if [^,]+ else "\w+")?),\s*"([\w-]+)"', texts))


def documented() -> dict[str, str]:
    rows = re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+) \| ([\w, ]+) \|", PAGE, re.MULTILINE)
    return {code: level for codes, level in rows for code in re.findall(r"`([\w-]+)`", codes)}


def test_each_code_is_documented_with_its_level() -> None:
    assert {code: one.level for code, one in CODES.items()}.items() <= documented().items()


def test_every_other_code_of_a_check_is_documented() -> None:
    assert len(said()) > 20
    rows = set(
        re.findall(r"`([\w-]+)`", "\n".join(line.split(" | ")[0] for line in PAGE.splitlines() if line[:1] == "|"))
    )
    assert said() <= rows


def test_no_code_is_documented_that_no_check_says() -> None:
    assert set(documented()) <= CODES.keys() | said()
