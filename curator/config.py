"""`feeds.toml`, decoded: the network, its mail settings, the manners of a pull, and the feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from curator.clean import plain_line
from curator.decode import decode, decode_each, did_you_mean, unknown_keys
from curator.errors import ConfigError, Fault, UsageError
from curator.models import BY_HAND, Feed
from curator.taxonomy import Taxonomy
from curator.toml_file import read_toml

FEEDS_FILE = "feeds.toml"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_ATOM = r"""[^\s@<>",;:()\[\]\\]+"""
_ADDRESS = rf"{_ATOM}@(?:{_ATOM}\.[^\s@<>\",;:()\[\]\\.]+|localhost)"
_SENDER = re.compile(rf"""(?:(?:"[^"<>]*"|[^"<>,;:@]*)\s*<{_ADDRESS}>|{_ADDRESS})""")

T = TypeVar("T")


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """`countries` are the members, in the order digests use."""

    name: str
    short: str
    timezone: str = "UTC"
    countries: tuple[str, ...] = ()
    postal: str = ""
    site: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """`smtp` is `smtp://[user@]host[:port]`, `smtps://…`, or `file:` for .eml files in `outbox/`. `editor` is told by
    mail what nobody might notice otherwise; '': nobody is."""

    sender: str
    smtp: str = "file:"
    reply_to: str = ""
    editor: str = ""


class Pull(msgspec.Struct, frozen=True, kw_only=True):
    """`timeout` is seconds for one feed in all; `max_bytes` is of the decoded body."""

    per_host: int = 2
    concurrency: int = 32
    timeout: float = 60.0
    max_bytes: int = 20_000_000
    user_agent: str = ""


class Config(msgspec.Struct, frozen=True, kw_only=True):
    network: Network
    mail: Mail
    pull: Pull
    feeds: tuple[Feed, ...]
    workspace: Path

    def catch_up(self, taxonomy: Taxonomy) -> None:
        """Know the feeds that stand in feeds.toml by now, for all who hold this configuration, in any thread; the
        rest stays as it was read. Raises ConfigError where the file is unsound."""
        msgspec.structs.force_setattr(self, "feeds", load_config(self.workspace, taxonomy).feeds)


def load_config(workspace: Path, taxonomy: Taxonomy) -> Config:
    """The workspace's `feeds.toml`, checked against itself and the taxonomy; ConfigError with every fault at once.
    `[pull]` and the feeds may be missing, `[network]` and `[mail]` not."""
    missing = "Run `curator init`, or name the workspace with --workspace."
    return config_of(read_toml(workspace / FEEDS_FILE, when_missing=missing), workspace, taxonomy)


def config_of(data: Mapping[str, Any], workspace: Path, taxonomy: Taxonomy) -> Config:
    """What the tables of a `feeds.toml` mean, as `load_config`."""
    faults = unknown_keys(data, ("network", "mail", "pull", "feeds"))
    network = _section(Network, data, "network", faults)
    mail = _section(Mail, data, "mail", faults)
    pull = _section(Pull, {"pull": {}, **data}, "pull", faults)
    feeds, found = decode_each(Feed, data.get("feeds"), where="feeds")
    faults += found
    faults += _network_faults(network, taxonomy) if network else ()
    faults += _mail_faults(mail) if mail else ()
    faults += _pull_faults(pull) if pull else ()
    faults += _feeds_faults(feeds, taxonomy, workspace)
    if faults or network is None or mail is None or pull is None:
        raise ConfigError(workspace / FEEDS_FILE, faults)
    return Config(network=network, mail=mail, pull=pull, feeds=tuple(feeds.values()), workspace=workspace)


def _section(kind: type[T], data: Mapping[str, Any], name: str, faults: list[Fault]) -> T | None:
    if name not in data:
        faults.append(Fault(name, "missing", f"Add [{name}]."))
        return None
    value, found = decode(kind, data[name], where=name)
    faults += found
    return value


# ---------------------------------------------------------------- what only the whole can tell


def _network_faults(network: Network, taxonomy: Taxonomy) -> Iterable[Fault]:
    for field in ("name", "short"):
        if not getattr(network, field).strip():
            yield Fault(f"network.{field}", "is empty", "Give the network's name.")
    yield from _zone_faults(network.timezone)
    for index, code in enumerate(network.countries):
        where = f"network.countries[{index}]"
        yield from _country_faults(where, code, taxonomy)
        if code in network.countries[:index]:
            yield Fault(where, f"“{plain_line(code, 20)}” stands there already", "Remove one.")
    if network.site and not _is_web(network.site):
        yield Fault("network.site", f"is “{plain_line(network.site, 80)}”, must begin with https:// or http://")


def _zone_faults(name: str) -> Iterable[Fault]:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        mend = _nearest_zone(name) or "Use a name as Pacific/Auckland or Europe/London."
        yield Fault("network.timezone", f"there is no time zone “{plain_line(name, 60)}”", mend)


def _nearest_zone(name: str) -> str:
    from zoneinfo import available_timezones

    return did_you_mean(name, sorted(available_timezones()))


def _country_faults(where: str, code: str, taxonomy: Taxonomy) -> Iterable[Fault]:
    """Files hold codes only: a label or alias the lookup would understand is still a fault, with its code."""
    if code in taxonomy.countries:
        return
    try:
        known = taxonomy.country(code)
    except UsageError as error:
        what, _, mend = error.message.partition(". ")
        yield Fault(where, f"{what[:1].lower()}{what[1:]}", mend)
    else:
        yield Fault(where, f"is “{plain_line(code, 60)}”, must be a country's code", f"Write {known.code}.")


def _mail_faults(mail: Mail) -> Iterable[Fault]:
    if not _is_sender(mail.sender):
        yield _wrong("mail.sender", mail.sender, "one address", "Write it as Name <address@example.org>.")
    for field in ("reply_to", "editor"):
        said = getattr(mail, field)
        if said and not _is_sender(said):
            yield _wrong(f"mail.{field}", said, "one address", "Write it as Name <address@example.org>.")
    if mail.smtp == "file:":
        return
    url = _split(mail.smtp)
    if url is None or url.scheme not in ("smtp", "smtps") or not url.hostname:
        yield _wrong("mail.smtp", mail.smtp, "smtp://host:port, smtps://host:port or file:")
    elif url.password is not None:
        yield Fault("mail.smtp", "holds a password", "Take it out; set CURATOR_SMTP_PASSWORD instead.")
    elif url.path.strip("/") or url.query or url.fragment:
        yield _wrong("mail.smtp", mail.smtp, "smtp://host:port with nothing after it")


def _is_sender(text: str) -> bool:
    """One address, with or without a name, that cannot break a header."""
    return len(text) <= 320 and plain_line(text) == text and _SENDER.fullmatch(text) is not None


def _pull_faults(pull: Pull) -> Iterable[Fault]:
    for field, most in (("per_host", 64), ("concurrency", 512), ("max_bytes", 2**31), ("timeout", 3600)):
        value = getattr(pull, field)
        if not 0 < value <= most:
            yield Fault(f"pull.{field}", f"is {value}, must be above 0 and at most {most}")
    if plain_line(pull.user_agent) != pull.user_agent or not pull.user_agent.isascii():
        yield Fault("pull.user_agent", "must be one line of ASCII text")


def _feeds_faults(feeds: Mapping[int, Feed], taxonomy: Taxonomy, workspace: Path) -> Iterable[Fault]:
    slugs: dict[str, int] = {}
    urls: dict[str, int] = {}
    for index, feed in feeds.items():
        where = f"feeds[{index}]"
        yield from _feed_faults(where, feed, taxonomy, workspace)
        for field, value, seen in (("slug", feed.slug, slugs), ("url", feed.url, urls)):
            if value in seen:
                yield Fault(
                    f"{where}.{field}", f"“{plain_line(value, 80)}” is already feeds[{seen[value]}]", "Remove one."
                )
            seen.setdefault(value, index)


def _feed_faults(where: str, feed: Feed, taxonomy: Taxonomy, workspace: Path) -> Iterable[Fault]:
    if not is_slug(feed.slug):
        yield _wrong(f"{where}.slug", feed.slug, "of a-z, 0-9 and -, at most 80")
    if feed.slug == BY_HAND:
        yield Fault(f"{where}.slug", f"“{BY_HAND}” is where documents added by hand are kept", "Choose another.")
    if not feed.name.strip():
        yield Fault(f"{where}.name", "is empty", "Give the feed a name to show.")
    fault = feed_address_fault(feed.url, workspace)
    if fault:
        yield Fault(f"{where}.url", fault)
    if feed.country is not None:
        yield from _feed_country_faults(f"{where}.country", feed.country, taxonomy)
    if feed.section is not None and feed.section not in taxonomy.sections:
        mend = did_you_mean(feed.section, taxonomy.sections) or f"Known: {', '.join(taxonomy.sections)}."
        yield Fault(f"{where}.section", f"there is no section “{plain_line(feed.section, 60)}”", mend)
    if feed.publisher is not None and not (0 < len(feed.publisher) <= 120 and plain_line(feed.publisher)):
        yield Fault(f"{where}.publisher", "must be a name of 1 to 120 characters")
    for field in ("name", "publisher"):
        if _CONTROLS.search(getattr(feed, field) or ""):
            yield Fault(f"{where}.{field}", "holds a line break or a control character", "Take it out.")
    if feed.language is not None and not is_language(feed.language):
        yield _wrong(f"{where}.language", feed.language, "a language's code as en or sv-FI")
    for index, theme in enumerate(feed.themes):
        if theme not in taxonomy.themes:
            mend = did_you_mean(theme, taxonomy.themes) or "`curator themes` lists them."
            yield Fault(f"{where}.themes[{index}]", f"there is no theme “{plain_line(theme, 60)}”", mend)
    yield from source_faults(where, feed)


def source_faults(where: str, feed: Feed) -> Iterable[Fault]:
    """What a feed says of being no feed: a page, a sitemap or a folder, and where on it its entries stand."""
    kinds = [kind for kind in ("page", "sitemap", "folder") if getattr(feed, kind)]
    for kind in kinds[1:]:
        yield Fault(f"{where}.{kind}", f"stands beside “{kinds[0]}”, and a feed is one of them", "Remove one.")
    if feed.folder and not feed.url.lower().startswith("file:"):
        yield _wrong(f"{where}.url", feed.url, "a folder inside the workspace, as file:reports")
    if feed.page and feed.select is None:
        mend = 'Add select = { entry = "…" }, or let `curator feeds add URL --page` find it.'
        yield Fault(f"{where}.select", "missing", mend)
    if feed.select is not None and not feed.page:
        yield Fault(f"{where}.select", "is for pages only", "Add page = true, or remove it.")
    if feed.match is not None and not kinds:
        yield Fault(f"{where}.match", "is for pages, sitemaps and folders only", "Remove it.")
    if feed.match is not None and not (0 < len(feed.match) <= 200 and plain_line(feed.match) == feed.match):
        yield Fault(f"{where}.match", "must be a pattern of 1 to 200 characters, as /news/*")
    for part in ("entry", "title", "link", "date", "excerpt"):
        selector = getattr(feed.select, part, None)
        if selector is not None and (fault := selector_fault(selector)):
            yield Fault(f"{where}.select.{part}", fault)


def selector_fault(selector: str) -> str:
    """What is wrong with a CSS selector, as the end of a sentence; '' where nothing is."""
    from cssselect import HTMLTranslator, SelectorError

    shown = f"is “{plain_line(selector, 80)}”, must be a CSS selector"
    if not selector.strip() or len(selector) > 500:
        return f"{shown} of 1 to 500 characters"
    try:
        HTMLTranslator().css_to_xpath(selector)
    except (SelectorError, RecursionError) as error:
        return f"{shown}: {plain_line(str(error), 100).rstrip('.')}"
    return ""


def is_slug(text: str) -> bool:
    """Whether a feed may be called so."""
    return _SLUG.fullmatch(text) is not None


def is_language(text: str) -> bool:
    """Whether it looks like a language's code: `en`, `sv-FI`."""
    return _LANGUAGE.fullmatch(text) is not None


def _feed_country_faults(where: str, code: str, taxonomy: Taxonomy) -> Iterable[Fault]:
    if taxonomy.organisation(code):
        yield Fault(where, f"“{code}” is an organisation, not a country", f'Write publisher = "{code}" instead.')
    else:
        yield from _country_faults(where, code, taxonomy)


def feed_address_fault(url: str, workspace: Path) -> str:
    """What is wrong with a feed's address, as the end of a sentence (`is …, must …`); '' where nothing is."""
    shown = f"is “{plain_line(url, 80)}”, must be"
    if plain_line(url) != url or " " in url:
        return f"{shown} an address without spaces"
    parts = _split(url)
    if parts is not None and "@" in parts.netloc:
        return "holds a user name or password. Take it out; set CURATOR_FEED_<SLUG>_AUTH instead"
    if parts is None or parts.scheme not in ("http", "https", "file"):
        return f"{shown} an address that begins with https://, http:// or file:"
    if parts.scheme == "file":
        return "" if _is_inside(parts, workspace) else f"{shown} a file inside the workspace, as file:feeds/news.xml"
    return "" if parts.hostname else f"{shown} an address with a host name"


def _is_inside(parts: SplitResult, workspace: Path) -> bool:
    """Whether a `file:` address, read from the workspace, names something in it, links followed."""
    path = unquote(parts.path)
    if parts.netloc not in ("", "localhost") or not path:
        return False
    try:
        home = workspace.resolve()
        target = (home / path).resolve()
    except (OSError, RuntimeError, ValueError):
        return False
    return target != home and target.is_relative_to(home)


def _is_web(url: str) -> bool:
    parts = _split(url)
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def _split(url: str) -> SplitResult | None:
    """The parts of an address; None where it has none (a bad port, an unclosed bracket)."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is the check
    except ValueError:
        return None
    return parts


def _wrong(where: str, value: str, right: str, mend: str = "") -> Fault:
    return Fault(where, f"is “{plain_line(value, 80)}”, must be {right}", mend)
