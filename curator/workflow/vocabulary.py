"""What the fields of a query can be in a workspace, by code and by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from curator.clean import plain_line
from curator.completion import Value, Vocabulary, called
from curator.decode import did_you_mean
from curator.digest.outline import publisher_names
from curator.errors import UsageError
from curator.models import DECISIONS
from curator.query import FAMILY, HAS, IS
from curator.workflow.workspace import Workspace

LANGUAGES = {
    "en": "English", "sv": "Swedish", "nl": "Dutch", "fr": "French", "de": "German", "fi": "Finnish", "no": "Norwegian",
    "nb": "Norwegian Bokmål", "nn": "Norwegian Nynorsk", "da": "Danish", "is": "Icelandic", "ga": "Irish",
    "cy": "Welsh", "gd": "Scottish Gaelic", "mi": "Māori", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "pl": "Polish", "cs": "Czech", "et": "Estonian", "lv": "Latvian", "lt": "Lithuanian", "el": "Greek",
    "hu": "Hungarian", "ro": "Romanian", "uk": "Ukrainian", "ru": "Russian", "tr": "Turkish", "ar": "Arabic",
    "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "iu": "Inuktitut", "sm": "Samoan", "to": "Tongan",
}  # fmt: skip
"""English names of ISO 639-1 codes, as editors say them: those of the networks and their neighbours."""
_DECISIONS = {"inbox": "nobody has decided", "kept": "for an edition", "dropped": "out of the way", "later": "put off"}
_EDITION = re.compile(r"(.+)-\d+")


def vocabulary(workspace: Workspace) -> Vocabulary:
    """Of every field, with what the newest documents say of their publishers and languages."""
    taxonomy = workspace.taxonomy
    publishers, languages = workspace.library.documents.said()
    return {
        "country": _countries(workspace),
        "theme": [Value(one.slug, one.label) for one in taxonomy.themes.values()],
        "section": [Value(one.slug, one.label) for one in taxonomy.sections.values()],
        "audience": [Value(one.slug, one.label) for one in taxonomy.audiences.values()],
        "feed": _feeds(workspace),
        "publisher": _publishers(workspace, publishers),
        "decision": [Value(one, _DECISIONS[one]) for one in DECISIONS],
        "lang": _languages(languages),
        "used": _used(workspace),
        "has": [Value(one) for one in HAS],
        "is": [Value(one) for one in IS],
        "family": [Value(one) for one in FAMILY],
        "since": (days := _days(workspace)),
        "until": days,
    }


def names(workspace: Workspace) -> Mapping[str, Callable[[str], str]]:
    """How the values of a query are read that only the workspace knows; each raises UsageError for what it does not."""
    return {
        "feed": lambda name: _feed(workspace, name),
        "publisher": lambda name: called(name, _publishers(workspace, ())) or name,
        "lang": lambda name: called(name, _languages(())) or name,
        "used": lambda name: _edition(workspace, name),
    }


def _feed(workspace: Workspace, name: str) -> str:
    """Also one that is in feeds.toml no more, as long as the library knows it."""
    found = called(name, _feeds(workspace))
    known = workspace.library.feeds.slugs() if found is None else set()
    if found is None and name not in known:
        raise UsageError(f"There is no feed “{plain_line(name, 60)}”. {did_you_mean(name, known)}".rstrip())
    return found or name


def _edition(workspace: Workspace, name: str) -> str:
    values = _used(workspace)
    if found := called(name, values):
        return found
    whole = _EDITION.fullmatch(name)
    known = [one.code for one in values]
    if whole is None or whole[1] not in known:
        raise UsageError(
            f"There is no digest or edition “{plain_line(name, 60)}”. {did_you_mean(name, known)}".rstrip()
        )
    return name


def _countries(workspace: Workspace) -> list[Value]:
    """Members first."""
    members = workspace.config.network.countries
    known = sorted(workspace.taxonomy.countries.values(), key=lambda one: one.code not in members)
    return [Value(one.code, one.label, one.aliases) for one in known]


def _feeds(workspace: Workspace) -> list[Value]:
    return [Value(feed.slug, feed.name) for feed in workspace.config.feeds]


def _publishers(workspace: Workspace, said: Sequence[str]) -> list[Value]:
    organisations = [Value(one.slug, one.label, one.aliases) for one in workspace.taxonomy.organisations.values()]
    of_feeds = publisher_names(workspace.config.feeds)
    others = dict.fromkeys([*(feed.publisher for feed in workspace.config.feeds if feed.publisher), *said])
    known = {one.code for one in organisations}
    return [*organisations, *(Value(one, of_feeds.get(one, "")) for one in others if one not in known)]


def _languages(said: Sequence[str]) -> list[Value]:
    """Those of the documents first."""
    codes = dict.fromkeys([*said, *LANGUAGES])
    return [Value(code, LANGUAGES.get(code.partition("-")[0], "")) for code in codes]


def _used(workspace: Workspace) -> list[Value]:
    """Digests, then editions, the newest first; a digest whose folder has gone too, as long as it has editions."""
    editions = workspace.library.editions.all()
    named = {slug: digest.name for slug, digest in workspace.digests.items()}
    slugs = dict.fromkeys([*named, *(one.digest for one in editions)])
    return [Value(slug, named.get(slug, "")) for slug in slugs] + [Value(one.id, one.subject) for one in editions]


def _days(workspace: Workspace) -> list[Value]:
    today = workspace.today()
    return [
        Value(today.isoformat(), "today"),
        Value((today - timedelta(days=7)).isoformat(), "a week ago"),
        Value((today - timedelta(days=14)).isoformat(), "two weeks ago"),
        Value(today.replace(day=1).isoformat(), "this month"),
        Value((today - timedelta(days=91)).isoformat(), "a quarter ago"),
        Value(today.replace(month=1, day=1).isoformat(), "this year"),
    ]
