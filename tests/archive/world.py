"""Editions as they were sealed, invented, and the site of them. Every link is example.org."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from msgspec.structs import replace

from curator.archive.kept import Kept
from curator.archive.site import site
from curator.digest.forms.contents import Contents, Group, Listed, Section, bare
from curator.digest.words import Words, load_words
from curator.models import Edition, Rendered, Seal
from tests.digest.forms import sample_of
from tests.digest.world import DIGESTS, NETWORK, TAXONOMY, TEMPLATES

FOLDERS = (TEMPLATES / "_archive",)
WORDS, FRENCH = (load_words(language, [TEMPLATES / "_shared"], "en") for language in ("en", "fr"))
FIRST = date(2024, 11, 1)
_DATES = ("starts", "ends", "deadline", "when", "due")
_MAIL = "<!DOCTYPE html><title>{title}</title><p>As it was mailed.</p>\n"


def document(number: int, **said: object) -> Listed:
    code = ("AU", "SE", "GB-SCT")[number % 3]
    values: dict[str, object] = {
        "title": f"Crisis care strategy {number}",
        "link": f"https://example.org/{number}",
        "line": "Ministry of Health · 1 December 2024 · PDF",
        "publisher": "Ministry of Health",
        "organisation": "moh",
        "published_on": FIRST,
        "countries": (code,),
        "themes": ("crisis-care",),
        "blurb": "What it says.\n\nWhy it matters.",
        "by_editor": number % 2 != 0,
        "source": "Ministry of Health",
    }
    empty = dict.fromkeys(("original", "language", "foreign", "doi", "dated", "file", *_DATES), "")
    return Listed(document=number, number=number, **empty | values | said)  # type: ignore[arg-type]


def kept(
    number: int, documents: Sequence[Listed], *, digest: str = "update", called: str = "Update", language: str = "en"
) -> Kept:
    """The edition of a digest, one a month and a bit."""
    day = FIRST + timedelta(days=35 * number)
    at = datetime.combine(day, time(7), UTC)
    title = f"IIMHL {called} {number}: a day in {day.year}"
    edition = Edition(
        id=f"{digest}-{number}",
        digest=digest,
        number=number,
        date=day,
        status="sent",
        introduction="Good *morning*.",
        seal=Seal("0" * 64, "ann", at),
        sent_at=at,
    )
    groups = [
        group(code, TAXONOMY.country_label(code), [each for each in documents if each.countries[:1] == (code,)])
        for code in dict.fromkeys(code for each in documents for code in each.countries[:1])
    ]
    sections = (
        section("news", "News", [group("NL", "Netherlands", note="Nothing found for the Netherlands.")]),
        section("policy", "Policy documents", groups),
    )
    mail = Rendered(
        title, "", _MAIL.format(title="Mail"), "As it was mailed.\n", "members", {"From": "IIMHL <u@example.org>"}
    )
    said = {
        "original": "Original title:",
        "quoted": "— {source}",
        "deadlines": "Deadlines",
        "closes": "Deadline: {title}",
    }
    return Kept(
        edition,
        mail,
        replace(bare(edition, mail, NETWORK), name=called, language=language, sections=sections, words=said),
    )


def group(key: str, label: str, documents: Sequence[Listed] = (), note: str = "") -> Group:
    return Group(key=key, label=label, kind="country", note=note, documents=tuple(documents))


def section(slug: str, label: str, groups: Sequence[Group]) -> Section:
    return Section(slug=slug, label=label, groups=tuple(groups))


def some() -> list[Kept]:
    """Three editions of two digests, newest first; document 1 stands in two of them."""
    again = [document(1, title="Crisis care strategy, anew"), document(7)]
    return [
        kept(3, again, digest="briefing", called="Briefing"),
        kept(2, [document(4), document(5)]),
        kept(1, [document(1), document(2), document(3)]),
    ]


def sampled() -> list[Kept]:
    """The golden edition of every digest in templates/, as it was sent."""
    return [kept_of(*sample_of(slug)) for slug in sorted(DIGESTS)]


def kept_of(said: Contents, mail: Rendered) -> Kept:
    """An edition with such contents, sent in the morning of its day."""
    at = datetime.combine(said.date, time(7), UTC)
    seal = Seal("0" * 64, "ann", at)
    return Kept(Edition(said.id, said.digest, said.number, said.date, status="sent", seal=seal, sent_at=at), mail, said)


def both_tongues() -> list[Kept]:
    """An edition in French after one in English, about the same document."""
    said = document(1, title="Stratégie", line="Ministère · 1er décembre 2024", blurb="Ce qu’elle dit.")
    return [kept(2, [said], digest="bulletin", called="Bulletin", language="fr"), kept(1, [document(1), document(2)])]


def files(
    of: Sequence[Kept], *, url: str = "", folders: Sequence[Path] = FOLDERS, words: Words = WORDS
) -> dict[str, bytes]:
    """The site's files, made."""
    return {file.path: file.make() for file in site(of, NETWORK, TAXONOMY, words, folders, url=url)}


def written(of: Sequence[Kept], folder: Path, words: Words = WORDS) -> Path:
    for path, data in files(of, words=words).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
