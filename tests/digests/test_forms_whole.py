"""No form of an edition leaves out what its mail says: word by word, for every folder in templates/."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from markdown_it import MarkdownIt

from curator.digest.forms.contents import Contents, encoded
from curator.digest.forms.markdown import as_markdown
from curator.digest.forms.web import as_web_page
from curator.models import Rendered
from curator.workflow.chromium import find
from curator.workflow.printing import pdf_of
from tests.archive.world import files, kept_of
from tests.digest.forms import sample_of
from tests.digest.world import DIGESTS, in_language

_FOOT = "\n--------\n"
_SPLIT = re.compile(r"\w+")


@pytest.fixture(params=["en", "fr"])
def digests(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    return in_language(request.param, tmp_path)


def words(text: str) -> Counter[str]:
    return Counter(_SPLIT.findall(text.casefold()))


def mailed(mail: Rendered, said: Contents) -> Counter[str]:
    """Every word of the plain text but those that only a mail or a terminal needs: the numbers of links and their
    addresses below, how many documents a section has, why one got it, the second “Full text” beside an address."""
    body = mail.text.partition(_FOOT)[0]
    body = re.sub(r"(?m)^\[\d+\] \S+$|\s\[\d+\]", "", body)
    for section in said.sections:
        body = re.sub(rf"{re.escape(section.label)}\s\({len(section.documents)}\)", "", body)
    return words(re.sub(r"https?://\S+", "", body))


class Shown(HTMLParser):
    """What a page shows, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self._hidden = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "title")
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_data(self, data: str) -> None:
        self.text += [] if self._hidden else [data]


def texts(value: Any) -> Iterator[str]:
    """Every text in what JSON says."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)
    else:
        yield str(value)


@pytest.mark.parametrize("slug", sorted(DIGESTS))
def test_what_the_plain_text_says_the_other_forms_say(slug: str, digests: dict[str, Any]) -> None:
    said, mail = sample_of(slug, digests)
    wanted = mailed(mail, said)
    assert wanted.total() > 100
    page = Shown(as_web_page(said))
    markdown = Shown(MarkdownIt("commonmark").render(as_markdown(said)))
    assert wanted - words(" ".join(page.text)) == Counter()
    assert wanted - words(" ".join(markdown.text)) == Counter()
    archived = Shown(files([kept_of(said, mail)])[f"editions/{said.id}.html"].decode())
    assert wanted - words(" ".join(archived.text)) == Counter()
    told = words(" ".join(texts(json.loads(encoded(said)))))
    assert not set(wanted) - set(told), "JSON says what stands in two places once"


@pytest.mark.parametrize("slug", sorted(DIGESTS))
def test_every_address_of_the_mail_is_in_the_other_forms(slug: str) -> None:
    said, mail = sample_of(slug)
    addresses = set(re.findall(r"https?://[^\s)>]+", mail.text))
    assert len(addresses) > 3
    assert addresses <= set(Shown(as_web_page(said)).links)
    assert addresses <= set(Shown(MarkdownIt("commonmark").render(as_markdown(said))).links)
    assert all(address in encoded(said) for address in addresses)


def test_what_the_plain_texts_say_the_print_says() -> None:
    """All digests on one paper: a Chromium takes its time to start."""
    if not find(os.environ):
        pytest.skip("no Chromium or Chrome is here")
    samples = [sample_of(slug) for slug in sorted(DIGESTS)]
    pages = [as_web_page(said) for said, _ in samples]
    inner = "".join(page.partition("<body>")[2].partition("</body>")[0] for page in pages)
    paper = pypdfium2.PdfDocument(pdf_of(pages[0].partition("<body>")[0] + f"<body>{inner}</body></html>", os.environ))
    shown = "\n".join(page.get_textpage().get_text_range() for page in paper)
    paper.close()
    printed = words(re.sub(r"https?://", " ", re.sub(r"\ufffe\s*", "", shown)))  # addresses in print touch their titles
    for said, mail in samples:
        assert not set(mailed(mail, said)) - set(printed), said.name
