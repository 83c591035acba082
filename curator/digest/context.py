"""What a template may say. These names are a promise to whoever writes templates: docs/template-context.md is made
from the words here, and a test keeps it current."""

from __future__ import annotations

from datetime import date
from email.utils import parseaddr
from urllib.parse import quote

import msgspec

from curator.clean import plain_line
from curator.config import Mail, Network
from curator.digest.briefing import Archive, Briefing, brief
from curator.digest.deadlines import nearest_first
from curator.digest.definitions import Digest
from curator.digest.introductions import introductions
from curator.digest.outline import Outline, OutlineSection, Seat
from curator.digest.wording import safe_link
from curator.digest.words import Said, Words
from curator.models import Edition
from curator.taxonomy import Taxonomy


class NetworkContext(msgspec.Struct, frozen=True):
    """The network that sends, from feeds.toml."""

    name: str
    """Its full name."""
    short: str
    """Its short name."""
    site: str
    """Its address on the web; empty where there is none, or none that may stand in a mail."""
    postal: str
    """Its postal address; may be empty."""
    countries: tuple[str, ...]
    """Names of the member countries, in the network's order."""


class DigestContext(msgspec.Struct, frozen=True):
    """The digest this is an edition of, from digest.toml."""

    slug: str
    """Its folder."""
    name: str
    """Its name."""
    mailing_list: str
    """The list it goes to."""
    language: str
    """The code of its language, as in “en” or “fr-CA”."""
    direction: str
    """How that language runs: `ltr` or `rtl`."""


class TopicContext(msgspec.Struct, frozen=True):
    """The theme an edition is about."""

    slug: str
    """Its slug in the taxonomy."""
    label: str
    """Its name, as in “Crisis and emergency care”."""
    definition: str
    """One sentence on what belongs to it; may be empty."""


class EditionContext(msgspec.Struct, frozen=True):
    """The edition itself."""

    id: str
    """Its id, as in “update-232”."""
    number: int
    """Its number among its digest's editions."""
    date: date
    """The day it goes out."""
    introduction: str
    """The editor's introduction, Markdown, without what is said to single audiences; may be empty."""
    key_messages: str
    """The editor's key messages, Markdown; may be empty."""
    sections: tuple[OutlineSection, ...]
    """The sections that have something to show, in order."""
    placements: tuple[Seat, ...]
    """Every document in it, in reading order."""
    deadlines: tuple[Seat, ...]
    """Those with a deadline, the nearest first."""
    countries: tuple[str, ...]
    """Names of the countries that have a heading with documents, in reading order."""
    organisations: tuple[str, ...]
    """Names of the organisations that have a heading, in reading order."""
    web_page: str = ""
    """The address of its web page, from digest.toml; empty where there is none, and in subject and preheader."""
    calendar: str = ""
    """The address of its calendar; empty too where nothing in it starts or has a deadline."""


class SenderContext(msgspec.Struct, frozen=True):
    """Who the mail comes from, from `[mail]` in feeds.toml."""

    name: str
    """The name beside the address; may be empty."""
    address: str
    """The address; empty in a preview without mail settings."""
    unsubscribe: str
    """A mailto link that asks to leave the list; empty without an address."""


class Context(msgspec.Struct, frozen=True):
    """Every name a body template knows. `subject` and `preheader` in digest.toml know all but these two."""

    network: NetworkContext
    """Who sends."""
    digest: DigestContext
    """What kind of mail this is."""
    edition: EditionContext
    """What is in it."""
    topic: TopicContext | None
    """The edition's topic; nothing where the digest has none."""
    sender: SenderContext
    """Who the mail comes from."""
    briefing: Briefing | None
    """What the archive has on the edition's topic; nothing where the digest has none."""
    words: Said
    """The words of the digest's language, by name; `words.lists` and `words.in_sentence` are tables of names."""
    subject: str = ""
    """The subject of the mail, one line."""
    preheader: str = ""
    """The line mail programs show beside the subject."""

    def names(self) -> dict[str, object]:
        """The context as a template gets it."""
        return msgspec.structs.asdict(self)


def build_context(
    edition: Edition,
    drawn: Outline,
    digest: Digest,
    network: Network,
    taxonomy: Taxonomy,
    mail: Mail | None = None,
    archive: Archive | None = None,
) -> Context:
    """The context of an edition as `outline` drew it, in the digest's language; `archive` is what its topic has."""
    taxonomy, words = digest.words.of(taxonomy), digest.words
    present = {group.key for group in drawn.groups}
    return Context(
        network=network_context(network, taxonomy),
        digest=DigestContext(digest.slug, digest.name, digest.mailing_list, words.language, words.direction),
        edition=_edition(edition, drawn, introductions(edition.introduction, digest, taxonomy, present)[0]),
        topic=_topic(edition.topic, taxonomy),
        briefing=brief(archive, edition.comparisons, network.countries, taxonomy) if archive else None,
        sender=_sender(mail, digest.mailing_list, words),
        words=words.said,
    )


def headers(digest: Digest, mail: Mail) -> dict[str, str]:
    """What every mail of a digest says of where it comes from, by the names of its headers."""
    domain = parseaddr(plain_line(mail.sender))[1].rpartition("@")[2]
    said = {
        "From": mail.sender,
        "Reply-To": mail.reply_to,
        "List-Id": f"{plain_line(digest.name)} <{digest.mailing_list}.{digest.slug}.{domain}>",
        "List-Unsubscribe": unsubscribe_link(mail.sender, digest.mailing_list),
    }
    return {name: words for name, words in said.items() if words}


def unsubscribe_link(sender: str, mailing_list: str, words: str = "Unsubscribe from {list}") -> str:
    """A mailto link to the sender that asks to leave the list; '' where `sender` holds no address."""
    address = parseaddr(plain_line(sender))[1]
    subject = quote(words.replace("{list}", mailing_list))
    return f"mailto:{quote(address, safe='@+')}?subject={subject}" if "@" in address else ""


def network_context(network: Network, taxonomy: Taxonomy) -> NetworkContext:
    """The network as templates know it, its countries named as the taxonomy names them."""
    return NetworkContext(
        name=plain_line(network.name),
        short=plain_line(network.short),
        site=safe_link(network.site),
        postal=plain_line(network.postal),
        countries=tuple(taxonomy.country_label(code) for code in network.countries),
    )


def _edition(edition: Edition, drawn: Outline, introduction: str) -> EditionContext:
    return EditionContext(
        id=edition.id,
        number=edition.number,
        date=edition.date,
        introduction=_markdown_source(introduction),
        key_messages=_markdown_source(edition.key_messages),
        sections=drawn.sections,
        placements=drawn.seats,
        deadlines=nearest_first(drawn.seats, lambda seat: seat.deadline),
        countries=drawn.countries,
        organisations=drawn.organisations,
    )


def _markdown_source(text: str) -> str:
    """Without control characters, but with the lines and indents that Markdown lives by."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = (" " * (len(line) - len(line.lstrip(" "))) + plain_line(line) for line in lines)
    return "\n".join(line.rstrip() if not line.strip() else line for line in kept).strip("\n")


def _topic(slug: str | None, taxonomy: Taxonomy) -> TopicContext | None:
    if slug is None:
        return None
    theme = taxonomy.themes.get(slug)
    return TopicContext(slug, theme.label, theme.definition) if theme else TopicContext(slug, slug, "")


def _sender(mail: Mail | None, mailing_list: str, words: Words) -> SenderContext:
    name, address = parseaddr(plain_line(mail.sender)) if mail else ("", "")
    asked = plain_line(str(words.said.get("unsubscribe", "")))
    called = words.said["lists"].get(mailing_list, mailing_list)
    return SenderContext(name, address, unsubscribe_link(address, called, asked or "{list}"))
