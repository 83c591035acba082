"""Nothing a feed says reaches a terminal, a mail, a shell or a file name unescaped: hostile words pulled from a real
server, then through every command that shows, writes or sends them."""

from __future__ import annotations

import json
import re
import tomllib
from email import message_from_bytes, policy
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.test_terminal import on_a_terminal
from tests.cli.world import Shell, empty_workspace
from tests.http_server import Reply, Site
from tests.test_clean import is_safe

WORDS = (
    "\x1b[31mred\x1b[0m and \x1b]0;owned\x07 the title",
    "\x1b]8;;file:///etc/passwd\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31m eight-bit \x9d0;x\x9c",
    "\x1bP+q544e\x1b\\ \x1b[6n \x1b[5i",
    "evil\u202egnp.exe \u2066iso\u2069 \u200e\u200f",
    "a\r\nBcc: victim@example.org\r\n\r\nhello",
    "a\x00b\x08\x08\x7f\x0b\x0c\x85\u2028\u2029",
    "$(touch owned) `touch owned` ; touch owned | touch owned",
    "../../../../owned",
    "/etc/passwd",
    "-rf --help -w /",
    "%s %n %(x)s {0} {x.__class__} ${HOME}",
    "[bold red]marked[/] [@click=app.quit]up[/] [link=file:///etc/passwd]x[/link] [",
    "{{ 7*7 }} {% include 'x' %} {# c #}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "'; DROP TABLE documents; --",
    "=cmd|' /C calc'!A1",
    "# **bold** ![x](http://example.org/x.png) [y](javascript:alert(1))",
    "\ufeff\u200b\u00ad\u2060tag\U000e0041",
    "https://example.org/\x1b[31m",
    "NUL",
    "con.txt",
    "." * 400,
    "\U0001f469\u200d\U0001f680" * 200,
    "e" + "\u0301" * 500,
)
LINKS = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "https://example.org/\x1b[31m\u202e'\"><script>",
    "data:text/html,x",
)


def hostile_feed() -> bytes:
    """JSON, which brings every character over as it is; XML forbids some."""
    items = [
        {
            "id": text,
            "title": text,
            "content_text": text,
            "language": text,
            "url": (LINKS[n] if n < len(LINKS) else f"https://example.org/{text}") + str(n),
        }
        for n, text in enumerate(WORDS)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": WORDS[0], "items": items}).encode()


@pytest.fixture
def shell(site: Site, tmp_path: Path) -> Shell:
    """A workspace whose northern feed says such things, pulled and kept; the other fails in such words."""
    shell = empty_workspace(tmp_path / "w")
    lying = {"Content-Encoding": "\x1b[31mx\x07", "ETag": "\x1b[31m", "Content-Type": "text/xml; charset=\x1b[31m"}
    urls = {"north": site.feed("/north", hostile_feed()), "isles": site.at("/isles", Reply(b"x", headers=lying))}
    toml = shell.folder / "feeds.toml"
    text = toml.read_text("utf-8")
    for slug, url in urls.items():
        text = text.replace(f"file:feeds/{slug}.xml", url)
    toml.write_text(text, encoding="utf-8")
    result = shell("-v", "pull")
    assert result.code == 1
    harmless(result.out, result.err)
    assert shell("subscribers", "import", shell.folder / "people.csv").code == 0
    return shell


def harmless(*texts: str) -> None:
    """Lines of words: no control but the end of a line, no direction."""
    for text in texts:
        for line in text.split("\n"):
            assert is_safe(line), repr(line)


def numbers(shell: Shell) -> list[int]:
    found = shell.ok("documents", "--limit", "0", "--json").json
    assert len(found) >= len(WORDS) - 1  # what cannot be seen at all is no document
    return [one["id"] for one in found]


def test_every_command_that_shows(shell: Shell) -> None:
    ids = numbers(shell)
    for command in (
        ["documents", "--limit", "0"],
        ["documents", "--limit", "0", "--json"],
        ["feeds", "list"],
        ["feeds", "list", "--json"],
        *(["history", str(number)] for number in ids),
        ["doctor"],
        *(["show", str(number)] for number in ids),
        *(["show", str(number), "--json"] for number in ids),
    ):
        result = shell(*command)
        assert "Traceback" not in result.err and result.code in (0, 1)
        harmless(result.out, result.err)


def test_words_given_back_as_arguments(shell: Shell) -> None:
    """What an editor pastes out of a feed: a query, a slug, a number, an address, a theme."""
    for text in WORDS:
        text = text.replace("\x00", "")
        for command in (["documents", "--", text], ["show", "--", text], ["pull", "--", text], ["keep", "--", text]):
            result = shell(*command)
            assert "defect" not in result.err and "Traceback" not in result.err, (command, result.err)
            harmless(result.out, result.err)
        harmless(shell("tag", "1", "--theme", text, "--blurb", text).err)


def test_a_real_terminal(shell: Shell) -> None:
    for command in (["documents", "--limit", "0"], ["show", str(numbers(shell)[0])], ["feeds", "list"]):
        _, shown, said = on_a_terminal("-w", str(shell.folder), *command, NO_COLOR="1", COLUMNS="60")
        harmless(shown, said)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def test_the_mail_and_its_files(shell: Shell) -> None:
    """Kept, with the feed's words as blurbs; drafted, previewed, sealed, sent into the outbox."""
    before = files(shell)
    documents = shell.ok("documents", "--limit", "0", "--json").json
    for one, text in zip(documents, WORDS, strict=False):
        shell.ok("tag", one["id"], "--section", "policy", "--blurb", text.replace("\x00", ""))
    shell.ok("keep", *[one["id"] for one in documents if one["link"]])
    edition = shell.ok("draft", "update", "--json").json["id"]
    harmless(shell.ok("draft", "update").out, shell.ok("edition", edition).out, shell("check", edition).out)
    shell.ok("introduce", edition, "--text", "Good morning.")
    found = shell.ok("preview", edition, "--json").json
    look_at_page((shell.folder / found["html"]).read_text("utf-8"))
    text = (shell.folder / found["text"]).read_text("utf-8")
    harmless(text)
    assert "{{ 7*7 }}" in text and "[bold red]" in text
    shell.ok("seal", edition)
    shell("send", edition)
    look_at_mails(sorted((shell.folder / "outbox").rglob("*.eml")))
    assert not [name for name in files(shell) - before if not re.fullmatch(r"[\w./@+-]+", name)]
    assert not list(shell.folder.parent.rglob("owned"))


def files(shell: Shell) -> set[str]:
    return {str(path.relative_to(shell.folder)) for path in shell.folder.rglob("*")}


def look_at_page(html: str) -> None:
    page = _Page()
    page.feed(html)
    assert not page.tags & {"script", "iframe", "object", "embed", "form", "svg", "base"}
    assert not [name for name in page.attributes if name.startswith("on")]
    assert all(re.match(r"https?://|mailto:|#|$", link) for link in page.links), page.links
    harmless(html)


def look_at_mails(mails: list[Path]) -> None:
    assert len(mails) >= 1
    for path in mails:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert {"bcc", "cc"}.isdisjoint(name.lower() for name in message)
        assert all(is_safe(str(value)) for value in message.values())
        part = message.get_body(("html",))
        assert part is not None
        look_at_page(part.get_content().replace("\r\n", "\n"))


def test_a_feed_added_by_address_gets_a_harmless_name(site: Site, shell: Shell) -> None:
    for n, text in enumerate(WORDS):
        body = {"version": "https://jsonfeed.org/version/1.1", "title": text, "items": []}
        result = shell("feeds", "add", site.feed(f"/add{n}", json.dumps(body).encode()))
        assert result.code in (0, 2) and "defect" not in result.err, result.err
        harmless(result.out, result.err)
    toml = (shell.folder / "feeds.toml").read_text("utf-8")
    feeds = tomllib.loads(toml)["feeds"]
    assert len(feeds) > len(WORDS) / 2
    assert all(re.fullmatch(r"[a-z0-9-]+", feed["slug"]) and is_safe(feed["name"]) for feed in feeds)
    harmless(shell.ok("feeds", "export").out, shell("feeds", "check").out)


def test_a_page_added_by_address_gets_harmless_words(site: Site, shell: Shell) -> None:
    for n, text in enumerate(WORDS):
        said = escape(text)
        html = f"<html><head><title>{said}</title></head><body><h1>{said}</h1><p>{said * 3}</p></body></html>"
        result = shell(
            "add",
            site.at(
                f"/page{n}",
                Reply(html.encode("utf-8", "replace"), headers={"Content-Type": "text/html; charset=utf-8"}),
            ),
        )
        assert "defect" not in result.err and "Traceback" not in result.err, result.err
        harmless(result.out, result.err)
    for number in numbers(shell):
        harmless(shell.ok("show", number).out)
