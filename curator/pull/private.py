"""What a feed's own server asks for besides the address: passwords and headers, from the environment only.

CURATOR_FEED_<SLUG>_AUTH is `user:password`, CURATOR_FEED_<SLUG>_HEADERS is `Name: value`, several apart by a line break
or ` | `; <SLUG> in capitals, `-` as `_`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping

from curator.errors import UsageError

_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")  # a token of RFC 9110
_VALUE = re.compile(r"[\x20-\x7e]{0,4000}")
_OURS = ("host", "connection", "content-length", "transfer-encoding", "accept-encoding", "te", "upgrade", "keep-alive")


def private_headers(slugs: Iterable[str], environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The headers for each feed that has any. UsageError names a variable that cannot be used, never its value."""
    if not any(name.startswith("CURATOR_FEED_") for name in environ):
        return {}
    found = {slug: _auth(slug, environ) | _headers(slug, environ) for slug in slugs}
    return {slug: headers for slug, headers in found.items() if headers}


def unclaimed(slugs: Iterable[str], environ: Mapping[str, str]) -> list[str]:
    """Variables that look like these and belong to no feed: a slug was misspelled, or the feed is gone."""
    ours = {variable(slug, what) for slug in slugs for what in ("AUTH", "HEADERS")}
    return sorted(name for name in environ if name.startswith("CURATOR_FEED_") and name not in ours)


def variable(slug: str, what: str) -> str:
    """The variable's name: `CURATOR_FEED_GOV_UK_AUTH`."""
    return f"CURATOR_FEED_{slug.upper().replace('-', '_')}_{what}"


def _auth(slug: str, environ: Mapping[str, str]) -> dict[str, str]:
    name = variable(slug, "AUTH")
    said = environ.get(name, "")
    if not said:
        return {}
    if ":" not in said:
        raise UsageError(f"{name} cannot be used: it must be user:password.")
    return {"Authorization": f"Basic {b64encode(said.encode('utf-8', 'surrogateescape')).decode()}"}


def _headers(slug: str, environ: Mapping[str, str]) -> dict[str, str]:
    variable_name, headers = variable(slug, "HEADERS"), {}
    for line in re.split(r"\r?\n| \| ", environ.get(variable_name, "")):
        name, colon, value = line.strip().partition(":")
        if not line.strip():
            continue
        if not colon or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise UsageError(f"{variable_name} cannot be used: it must be Name: value, in ASCII.")
        if name.lower() in _OURS:
            raise UsageError(f"{variable_name} cannot be used: curator sets {name} itself.")
        headers[name] = value.strip()
    return headers
