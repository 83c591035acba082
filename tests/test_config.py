"""feeds.toml: what it gives, every fault it can have, and how long it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from curator.config import Config, feed_address_fault, load_config
from curator.errors import ConfigError
from curator.models import Feed
from curator.taxonomy import Taxonomy, default_taxonomy_path, load_taxonomy

HEAD = """
[network]
name = "A Network"
short = "AN"
timezone = "Pacific/Auckland"
countries = ["NZ", "GB-SCT"]

[mail]
sender = "AN Update <update@example.org>"
"""
FEED = """
[[feeds]]
slug = "one"
name = "One"
url = "https://example.org/one.atom"
"""


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(default_taxonomy_path())


def load(tmp_path: Path, taxonomy: Taxonomy, text: str) -> Config:
    (tmp_path / "feeds.toml").write_text(text, encoding="utf-8")
    return load_config(tmp_path, taxonomy)


def said_of(tmp_path: Path, taxonomy: Taxonomy, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, taxonomy, text)
    return [str(each) for each in caught.value.faults]


def test_the_least_a_workspace_needs(tmp_path: Path, taxonomy: Taxonomy) -> None:
    config = load(tmp_path, taxonomy, HEAD)
    assert config.workspace == tmp_path
    assert config.feeds == ()
    assert config.network.zone.key == "Pacific/Auckland"
    assert config.mail.smtp == "file:"
    assert (config.pull.per_host, config.pull.concurrency) == (2, 32)


def test_feeds_with_their_defaults(tmp_path: Path, taxonomy: Taxonomy) -> None:
    more = 'country = "GB-SCT"\nsection = "policy"\npublisher = "Te Pou"\nlanguage = "en"\n'
    config = load(tmp_path, taxonomy, HEAD + "[pull]\ntimeout = 5\n" + FEED + more)
    url = "https://example.org/one.atom"
    assert config.feeds == (
        Feed("one", "One", url, country="GB-SCT", section="policy", publisher="Te Pou", language="en"),
    )
    assert config.pull.timeout == 5.0


def test_no_feeds_toml_says_what_to_run(tmp_path: Path, taxonomy: Taxonomy) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path, taxonomy)
    assert caught.value.message == (
        f"{tmp_path / 'feeds.toml'}: does not exist. Run `curator init`, or name the workspace with --workspace."
    )


def test_every_fault_of_the_file_at_once(tmp_path: Path, taxonomy: Taxonomy) -> None:
    text = """
title = "x"
[network]
name = "A Network"
short = " "
timezone = "Pacific/Aukland"
countries = ["SW", "SE", "SE", "Scotland", "who"]
site = "example.org"
[mail]
sender = "A Network"
smtp = "smtp://me:secret@mail.example.org"
[pull]
per_host = 0
user_agent = "two\\nlines"
[[feeds]]
slug = "Gov UK"
name = ""
url = "htp://example.org/x"
country = "who"
section = "polcy"
publisher = ""
[[feeds]]
slug = "two"
name = "Two"
url = "https://example.org/2"
contry = "SE"
[[feeds]]
slug = "three"
name = "Three"
url = "https://example.org/3"
[[feeds]]
slug = "three"
name = "Again"
url = "https://example.org/3"
"""
    assert said_of(tmp_path, taxonomy, text) == [
        "title: unknown key. Known here: network, mail, pull, feeds.",
        "feeds[1].contry: unknown key. Did you mean “country”?",
        "network.short: is empty. Give the network's name.",
        "network.timezone: there is no time zone “Pacific/Aukland”. Did you mean “Pacific/Auckland”?",
        "network.countries[0]: there is no country “SW”. Did you mean SE (Sweden)?",
        "network.countries[2]: “SE” stands there already. Remove one.",
        "network.countries[3]: is “Scotland”, must be a country's code. Write GB-SCT.",
        "network.countries[4]: there is no country “who”. Use an ISO 3166 code, as SE or GB-SCT.",
        "network.site: is “example.org”, must begin with https:// or http://.",
        "mail.sender: is “A Network”, must be one address. Write it as Name <address@example.org>.",
        "mail.smtp: holds a password. Take it out; set CURATOR_SMTP_PASSWORD instead.",
        "pull.per_host: is 0, must be above 0 and at most 64.",
        "pull.user_agent: must be one line of ASCII text.",
        "feeds[0].slug: is “Gov UK”, must be of a-z, 0-9 and -, at most 80.",
        "feeds[0].name: is empty. Give the feed a name to show.",
        "feeds[0].url: is “htp://example.org/x”, must be an address that begins with https://, http:// or file:.",
        'feeds[0].country: “who” is an organisation, not a country. Write publisher = "who" instead.',
        "feeds[0].section: there is no section “polcy”. Did you mean “policy”?",
        "feeds[0].publisher: must be a name of 1 to 120 characters.",
        "feeds[3].slug: “three” is already feeds[2]. Remove one.",
        "feeds[3].url: “https://example.org/3” is already feeds[2]. Remove one.",
    ]


def test_missing_tables_are_told_by_name(tmp_path: Path, taxonomy: Taxonomy) -> None:
    assert said_of(tmp_path, taxonomy, "[network]\nname = 'x'\n") == [
        "network.short: missing. Add it to [network].",
        "mail: missing. Add [mail].",
    ]
    assert said_of(tmp_path, taxonomy, "feeds = 3\n" + HEAD) == [
        "feeds: is a whole number, must be a list. Put it in square brackets."
    ]


@pytest.mark.parametrize(
    "sender",
    [
        "a@example.org",
        "Name <a@example.org>",
        '"Name, of it" <a@example.org>',
        "Māori Health <a@example.org>",
        "a@localhost",
    ],
)
def test_senders_that_are_right(tmp_path: Path, taxonomy: Taxonomy, sender: str) -> None:
    config = load(tmp_path, taxonomy, HEAD.replace("AN Update <update@example.org>", sender.replace('"', '\\"')))
    assert config.mail.sender == sender


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "Name",
        "a@b",
        "a@b.org, c@d.org",
        "A, B <a@b.org>",
        "Name <a@b.org> x",
        "a@b.org\\nBcc: c@d.org",
        "<a b@c.org>",
    ],
)
def test_senders_that_are_wrong(tmp_path: Path, taxonomy: Taxonomy, sender: str) -> None:
    said = said_of(tmp_path, taxonomy, HEAD.replace("AN Update <update@example.org>", sender))
    assert len(said) == 1 and said[0].startswith("mail.sender: is “")


@pytest.mark.parametrize(
    ("smtp", "right"),
    [
        ("file:", True),
        ("smtp://localhost:25", True),
        ("smtps://me@mail.example.org", True),
        ("smtp://[::1]:2525", True),
        ("mail.example.org", False),
        ("http://mail.example.org", False),
        ("smtp://host:notaport", False),
        ("smtp://", False),
        ("smtp://host/path", False),
    ],
)
def test_mail_servers(tmp_path: Path, taxonomy: Taxonomy, smtp: str, right: bool) -> None:
    text = f'{HEAD}smtp = "{smtp}"\n'
    if right:
        assert load(tmp_path, taxonomy, text).mail.smtp == smtp
    else:
        assert [each.split(":")[0] for each in said_of(tmp_path, taxonomy, text)] == ["mail.smtp"]


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://example.org/feed.xml", True),
        ("http://127.0.0.1:8000/feed", True),
        ("file:feeds/one.xml", True),
        ("file:feeds/M%C4%81ori.xml", True),
        ("example.org/feed.xml", False),
        ("ftp://example.org/feed", False),
        ("https:///feed", False),
        ("https://example.org:port/feed", False),
        ("https://exa mple.org/", False),
        ("https://example.org/\x1b[31m", False),
        ("file:../feeds.xml", False),
        ("file:feeds/%2e%2e/%2e%2e/x", False),
        ("file:///etc/passwd", False),
        ("file://host/feeds/one.xml", False),
        ("file:", False),
        ("file:.", False),
        ("file:a%00b", False),
        ("", False),
    ],
)
def test_feed_addresses(tmp_path: Path, url: str, right: bool) -> None:
    assert (feed_address_fault(url, tmp_path) == "") is right


def test_a_link_out_of_the_workspace_is_not_inside_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "out").symlink_to(tmp_path)
    assert feed_address_fault("file:out/secret.xml", home)
    assert not feed_address_fault(f"file://{home}/one.xml", home)


def test_three_hundred_feeds_load_fast(tmp_path: Path, taxonomy: Taxonomy) -> None:
    feeds = "".join(
        f'[[feeds]]\nslug = "feed-{n}"\nname = "Feed {n}"\nurl = "https://example.org/feeds/{n}.atom"\n'
        f'country = "GB-ENG"\nsection = "policy"\npublisher = "dhsc"\n\n'
        for n in range(300)
    )
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        config = load(tmp_path, taxonomy, HEAD + feeds)
        spent.append(time.perf_counter() - start)
    assert len(config.feeds) == 300
    assert min(spent) < 0.1  # 14 ms when written; the room is for a busy machine


def test_configuration_imports_nothing_heavy() -> None:
    script = "import sys, curator.config; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"httpx", "textual", "jinja2", "feedparser", "sqlite3", "asyncio", "email", "trafilatura"} & set(loaded)


def test_what_a_feed_cannot_be_called(tmp_path: Path, taxonomy: Taxonomy) -> None:
    url = 'url = "https://example.org/'
    text = (
        f'{HEAD}[[feeds]]\nslug = "by-hand"\nname = "Two\\nlines"\n{url}1"\nlanguage = "Swedish"\n'
        f'[[feeds]]\nslug = "{"a" * 81}"\nname = "B"\n{url}2"\npublisher = "\\u001b[31m"\nlanguage = "sv-FI"\n'
    )
    assert said_of(tmp_path, taxonomy, text) == [
        "feeds[0].slug: “by-hand” is where documents added by hand are kept. Choose another.",
        "feeds[0].name: holds a line break or a control character. Take it out.",
        "feeds[0].language: is “Swedish”, must be a language's code as en or sv-FI.",
        f"feeds[1].slug: is “{'a' * 79}…”, must be of a-z, 0-9 and -, at most 80.",
        "feeds[1].publisher: must be a name of 1 to 120 characters.",
        "feeds[1].publisher: holds a line break or a control character. Take it out.",
    ]


def test_a_table_written_twice_is_told_by_its_name(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (said,) = said_of(tmp_path, taxonomy, f'{HEAD}[network]\nname = "x"\n')
    assert said.endswith("is not TOML: cannot declare [network] twice.")


def test_a_pipe_is_not_waited_for(tmp_path: Path, taxonomy: Taxonomy) -> None:
    os.mkfifo(tmp_path / "feeds.toml")
    with pytest.raises(ConfigError, match="is not a file"):
        load_config(tmp_path, taxonomy)
