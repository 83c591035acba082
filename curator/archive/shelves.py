"""What was shared, by country, theme and organisation. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from curator.archive.kept import Kept, Sharing, file_name
from curator.clean import fold
from curator.config import Network
from curator.digest.forms.contents import Listed
from curator.digest.groups import group_order
from curator.taxonomy import Taxonomy


class Shelf(msgspec.Struct, frozen=True):
    """All that editions shared of one country, theme or organisation, what was shared last first. `kind` is the folder
    of its page: `countries`, `themes`, `organisations`."""

    kind: str
    key: str
    label: str
    sharings: tuple[Sharing, ...] = ()

    @property
    def page(self) -> str:
        """Its page, from the site's root."""
        return f"{self.kind}/{file_name(self.key)}.html"

    @property
    def documents(self) -> list[tuple[Sharing, ...]]:
        """Each document once, with every time it was shared, the latest first."""
        found: dict[int, list[Sharing]] = {}
        for sharing in self.sharings:
            found.setdefault(sharing.document.document, []).append(sharing)
        return [tuple(each) for each in found.values()]


def countries(kept: Sequence[Kept], network: Network, taxonomy: Taxonomy) -> list[Shelf]:
    """Members first, in the network's order, those without a document too; then the others."""
    found = _gathered(kept, lambda each: each.countries)
    keys = sorted({*found, *network.countries}, key=lambda key: group_order(key, network, taxonomy))
    return [Shelf("countries", key, taxonomy.country_label(key), found.get(key, ())) for key in keys]


def themes(kept: Sequence[Kept], taxonomy: Taxonomy) -> list[Shelf]:
    """In the taxonomy's order; those it knows no more last, by their slugs."""
    found = _gathered(kept, lambda each: each.themes)
    order = {slug: place for place, slug in enumerate(taxonomy.themes)}
    keys = sorted(found, key=lambda key: (order.get(key, len(order)), key))
    labels = {slug: theme.label for slug, theme in taxonomy.themes.items()}
    return [Shelf("themes", key, labels.get(key, key), found[key]) for key in keys]


def organisations(kept: Sequence[Kept], taxonomy: Taxonomy) -> list[Shelf]:
    """Whoever published something, by name: the taxonomy's, else the one last mailed."""
    found = _gathered(kept, lambda each: (each.organisation,) if each.organisation else ())
    labels = {slug: organisation.label for slug, organisation in taxonomy.organisations.items()}
    shelves = [
        Shelf("organisations", key, labels.get(key) or all_of[0].document.publisher, all_of)
        for key, all_of in found.items()
    ]
    return sorted(shelves, key=lambda shelf: (fold(shelf.label), shelf.key))


def _gathered(kept: Iterable[Kept], keys_of: Callable[[Listed], Iterable[str]]) -> dict[str, tuple[Sharing, ...]]:
    found: dict[str, list[Sharing]] = {}
    for one in kept:
        for document in one.contents.documents:
            for key in dict.fromkeys(keys_of(document)):
                found.setdefault(key, []).append(Sharing(one, document))
    return {key: tuple(each) for key, each in found.items()}
