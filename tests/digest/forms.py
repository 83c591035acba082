"""The sample's editions as contents, and every form of them. `python -m tests.digest.forms` writes the golden files
anew; look at every changed line before committing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from curator.digest.briefing import Archive
from curator.digest.definitions import Digest
from curator.digest.edition import outline
from curator.digest.forms.calendar import as_calendar
from curator.digest.forms.contents import Contents, encoded
from curator.digest.forms.markdown import as_markdown
from curator.digest.forms.references import as_csl, as_ris
from curator.digest.forms.web import as_web_page
from curator.digest.forms.writing import contents_of
from curator.models import Edition, Filed, Moment, Rendered
from curator.pull.identifiers import doi_of
from tests.digest.golden import TOPICS, WORDS, material
from tests.digest.world import DIGESTS, MAIL, NETWORK, PUBLISHERS, TAXONOMY, archive, edition, rendered

FOLDER = Path(__file__).parent / "golden_forms"
DATES: dict[int, dict[str, Any]] = {
    1: {"deadline": Moment(date(2026, 12, 18), time(17), "Europe/London")},
    14: {
        "starts": Moment(date(2026, 12, 3), time(11), "Pacific/Auckland"),
        "ends": Moment(date(2026, 12, 3), time(12, 30), "Pacific/Auckland"),
    },
    15: {"starts": Moment(date(2026, 12, 8)), "ends": Moment(date(2026, 12, 9))},
    16: {"starts": Moment(date(2026, 12, 10), time(15), "America/Vancouver")},
    17: {"deadline": Moment(date(2027, 1, 15))},
}

MAILED = Rendered("IIMHL Update 232", "", "", "", headers={"From": MAIL.sender})


def with_dates(documents: Iterable[Filed]) -> list[Filed]:
    """The same with the dates an editor gave some of them."""
    return [Filed(each.document, replace(each.review, **DATES.get(each.id, {}))) for each in documents]


def contents(
    digest: Digest, given: Edition, documents: Iterable[Filed], mail: Rendered = MAILED, known: Archive | None = None
) -> Contents:
    """Contents as curator makes them; `mail` is what was rendered of it, `known` what there is on its topic."""
    filed = {each.id: each for each in documents}
    drawn = outline(given, filed, digest, NETWORK, TAXONOMY, PUBLISHERS)
    return contents_of(given, drawn, filed, digest, NETWORK, mail, TAXONOMY, PUBLISHERS, doi, known)


def doi(filed: Filed) -> str:
    return doi_of(filed.document.link, filed.document.guid, filed.document.title)


def sample_contents(slug: str) -> Contents:
    return sample_of(slug)[0]


def sample_of(slug: str, digests: Mapping[str, Digest] = DIGESTS) -> tuple[Contents, Rendered]:
    """What the sample's edition says, and its mail."""
    digest, (documents, summaries) = digests[slug], material(slug)
    documents = documents if digest.notices else with_dates(documents)
    given = edition(digest, documents, **WORDS[slug])
    mail = rendered(digest, given, documents, *summaries)
    known = archive(documents, *summaries) if digest.topic else None
    return contents(digest, given, documents, mail, known), mail


def files() -> dict[str, bytes]:
    """File name and bytes of each golden file."""
    made: dict[str, bytes] = {}
    for slug in TOPICS:
        said = sample_contents(slug)
        made[f"{slug}.html"] = as_web_page(said).encode()
        made[f"{slug}.md"] = as_markdown(said).encode()
        made[f"{slug}.json"] = encoded(said).encode()
        made[f"{slug}.ics"] = as_calendar(said)
        made[f"{slug}.ris"] = as_ris(said).encode()
        made[f"{slug}.csl.json"] = as_csl(said).encode()
    return made


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)
