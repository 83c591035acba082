"""Where a document belongs in a digest: its section, its heading, and the order of headings. Pure."""

from __future__ import annotations

from curator.config import Network
from curator.digest.definitions import Digest, Section
from curator.models import Filed
from curator.taxonomy import Taxonomy

INTERNATIONAL = ""
"""The group of what concerns no country and no organisation."""


def section_for(filed: Filed, digest: Digest, network: Network, taxonomy: Taxonomy) -> str:
    """The slug of the first section that takes the document, '' where none does."""
    group = group_for(filed, network, taxonomy)
    return next((each.slug for each in digest.sections if _takes(each, filed, group, network, taxonomy)), "")


def _takes(section: Section, filed: Filed, group: str, network: Network, taxonomy: Taxonomy) -> bool:
    match section.takes:
        case "section":
            return filed.section == section.slug
        case "members":
            return group in network.countries
        case "organisations":
            return group in taxonomy.organisations
        case "audience":
            return bool(filed.review.audiences)
        case "rest":
            return True


def group_for(filed: Filed, network: Network, taxonomy: Taxonomy) -> str:
    """The organisation that published it; else its first country, members before others; else the organisation
    it is about; else INTERNATIONAL."""
    if filed.document.publisher in taxonomy.organisations:
        return filed.document.publisher
    about = filed.countries
    countries = [code for code in about if code not in taxonomy.organisations]
    return min(countries or about, key=lambda key: group_order(key, network, taxonomy), default=INTERNATIONAL)


def seat_group(filed: Filed, digest: Digest, network: Network, taxonomy: Taxonomy) -> str:
    """The heading it stands under in a digest: by country as `group_for`, by audience, or none."""
    match digest.group_by:
        case "country":
            return group_for(filed, network, taxonomy)
        case "audience":
            return audience_for(filed, taxonomy)
        case "none":
            return INTERNATIONAL


def audience_for(filed: Filed, taxonomy: Taxonomy) -> str:
    """The first audience it is for, in the taxonomy's order; '' where it is for nobody more than for others."""
    return next((slug for slug in taxonomy.audiences if slug in filed.review.audiences), "")


def group_order(key: str, network: Network, taxonomy: Taxonomy) -> tuple[int, int, str]:
    """A sort key: the network's countries in its order, others, unknown codes, organisations,
    audiences, INTERNATIONAL."""
    if key in network.countries:
        return 0, network.countries.index(key), ""
    if key in taxonomy.countries:
        return 1, taxonomy.countries[key].order, taxonomy.countries[key].label
    if key in taxonomy.organisations:
        return 3, taxonomy.organisations[key].order, taxonomy.organisations[key].label
    if key in taxonomy.audiences:
        return 4, list(taxonomy.audiences).index(key), ""
    return (5, 0, "") if key == INTERNATIONAL else (2, 0, key)
