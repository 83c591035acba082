from __future__ import annotations

import re
from pathlib import Path

from curator.digest import reference
from curator.digest.context import Context
from curator.digest.definitions import Digest
from curator.digest.render.summary import SummaryContext
from curator.digest.schedule import Schedule

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_is_current() -> None:
    page = (DOCS / "template-context.md").read_text(encoding="utf-8")
    assert page == reference.reference(), "run: python -m curator.digest.reference > docs/template-context.md"


def test_every_name_has_its_words() -> None:
    for kind in (Context, SummaryContext, *(kind for kind, _ in reference._KINDS + reference._SUMMARY)):
        assert all(reference.documented_names(kind).values()), kind


def test_every_key_of_a_digest_is_explained() -> None:
    page = (DOCS / "digests.md").read_text(encoding="utf-8")
    keys = {*Digest.__struct_fields__, *Schedule.__struct_fields__} - {"slug", "words"}
    assert {key for key in keys if not re.search(rf"`{key}`", page)} == set()
