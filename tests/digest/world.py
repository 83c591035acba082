"""A small network, its words and its documents for the digests' tests. All invented; every link is example.org."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from curator.config import Mail, Network
from curator.digest.briefing import Archive
from curator.digest.definitions import Digest, load_digests
from curator.digest.edition import arrange
from curator.digest.render import render
from curator.digest.summary.values import Summary
from curator.models import Covered, Document, Edition, Filed, Moment, Rendered, Review
from curator.taxonomy import Audience, Country, Group, Organisation, SectionName, Taxonomy, Theme

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SHARED = TEMPLATES / "_shared"

NETWORK = Network(
    name="International Initiative for Mental Health Leadership",
    short="IIMHL",
    timezone="Pacific/Auckland",
    countries=("AU", "CA", "GB-ENG", "IE", "NL", "NZ", "GB-SCT", "SE", "US"),
    postal="PO Box 1, Wellington, New Zealand",
    site="https://example.org",
)
MAIL = Mail(sender="IIMHL Update <update@example.org>")

_COUNTRIES = (
    ("AU", "Australia", ("australian",)),
    ("CA", "Canada", ("canadian",)),
    ("GB-ENG", "England", ("english nhs",)),
    ("IE", "Ireland", ("irish",)),
    ("NL", "Netherlands", ("dutch", "nederland*")),
    ("NZ", "New Zealand", ("aotearoa",)),
    ("GB-SCT", "Scotland", ("scottish",)),
    ("SE", "Sweden", ("swedish",)),
    ("US", "USA", ("united states", "u.s.")),
    ("IT", "Italy", ("italian",)),
    ("FR", "France", ("french",)),
)
_ORGANISATIONS = (("who", "World Health Organization"), ("oecd", "OECD"), ("eu", "European Union"))

TAXONOMY = Taxonomy(
    groups={"services": Group(slug="services", label="Services")},
    themes={
        "crisis-care": Theme(slug="crisis-care", group="services", label="Crisis and emergency care"),
        "recovery": Theme(slug="recovery", group="services", label="Recovery"),
    },
    countries={
        code: Country(code=code, label=label, order=order, aliases=aliases)
        for order, (code, label, aliases) in enumerate(_COUNTRIES)
    },
    organisations={
        slug: Organisation(slug=slug, label=label, order=order) for order, (slug, label) in enumerate(_ORGANISATIONS)
    },
    sections={
        slug: SectionName(slug=slug, label=label)
        for slug, label in (
            ("news", "News"),
            ("research", "Research"),
            ("policy", "Policy documents"),
            ("webinars", "Webinars"),
            ("gatherings", "Gatherings"),
            ("exchanges", "Exchanges"),
            ("study-visits", "Study visits"),
        )
    },
    doctypes={},
    audiences={
        slug: Audience(slug=slug, label=label)
        for slug, label in (
            ("members", "Members"),
            ("service-users", "People who use services"),
            ("staff", "Mental health staff and clinicians"),
        )
    },
)

DIGESTS, _ = load_digests(TEMPLATES, TAXONOMY)
PUBLISHERS = {
    "gov-scot": "Scottish Government",
    "moh-nz": "Ministry of Health",
    "dh-au": "Department of Health and Aged Care",
    "dhsc": "Department of Health and Social Care",
    "hse": "Health Service Executive",
    "phac": "Public Health Agency",
    "trimbos": "Institute for Mental Health and Addiction",
    "agency-us": "Substance Use and Mental Health Agency",
}
_DAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def filed(
    number: int,
    title: str = "",
    *,
    countries: tuple[str, ...] | None = None,
    section: str | None = "policy",
    publisher: str | None = None,
    link: str | None = None,
    blurb: str = "",
    excerpt: str = "",
    published_at: datetime | None = None,
    dated: str = "feed",
    language: str | None = "en",
    themes: tuple[str, ...] = (),
    feed: str = "feed",
    audiences: tuple[str, ...] = (),
    starts: Moment | None = None,
    ends: Moment | None = None,
    deadline: Moment | None = None,
) -> Filed:
    """A kept document; the higher its number the older it is."""
    at = published_at or _DAY - timedelta(days=number)
    link = f"https://example.org/documents/{number}" if link is None else link
    document = Document(
        id=number, guid=str(number), link=link, canonical_url=link, title=title or f"Document {number}", feed=feed,
        publisher=publisher, published_at=at, dated=dated, first_seen_at=at, changed_at=None, language=language,
        excerpt=excerpt,
    )  # fmt: skip
    return Filed(
        document,
        Review(
            number,
            "kept",
            section=section,
            countries=countries,
            blurb=blurb,
            themes=themes,
            audiences=audiences,
            starts=starts,
            ends=ends,
            deadline=deadline,
        ),
    )


def edition(digest: Digest, documents: Iterable[Filed] = (), **values: object) -> Edition:
    """An edition of the first of December 2026, arranged."""
    topic = "crisis-care" if digest.topic else None
    start = {"id": f"{digest.slug}-232", "digest": digest.slug, "number": 232, "date": date(2026, 12, 1)}
    empty = Edition(**(start | {"topic": topic} | values))  # type: ignore[arg-type]
    return arrange(empty, list(documents), digest, NETWORK, TAXONOMY)


def archive(documents: Iterable[Filed], *summaries: Summary) -> Archive:
    """These documents as what there is on the topic since two years, and summaries on it."""
    covered = (
        Covered(each.id, each.document.title, each.document.published_at.date(), each.countries, each.review.themes)
        for each in documents
    )
    return Archive(date(2024, 12, 1), date(2026, 12, 1), tuple(covered), summaries)


def rendered(digest: Digest, given: Edition, documents: Iterable[Filed], *summaries: Summary) -> Rendered:
    by_id = {each.id: each for each in documents}
    known = archive(by_id.values(), *summaries) if digest.topic else None
    return render(given, by_id, digest, NETWORK, TAXONOMY, TEMPLATES, mail=MAIL, publishers=PUBLISHERS, archive=known)


def in_language(language: str, folder: Path, taxonomy: Taxonomy = TAXONOMY) -> dict[str, Digest]:
    """The digests as their digest.toml would have them with another `language`; `folder` gets a copy of all."""
    shutil.copytree(TEMPLATES, folder, dirs_exist_ok=True)
    for path in folder.glob("*/digest.toml"):
        said = re.sub(r"(?m)^language\s*=.*$", f'language = "{language}"', path.read_text(encoding="utf-8"))
        assert f'language = "{language}"' in said, path
        path.write_text(said, encoding="utf-8")
    digests, faulty = load_digests(folder, taxonomy)
    for error in faulty.values():
        raise error
    return digests
