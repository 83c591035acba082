"""Pages that are none: a bot filter's door in front of what was asked for. Pure."""

from __future__ import annotations

import re

# What the pages of the large bot filters hold (Cloudflare, Imperva, Akamai, DataDome, Sucuri); an article about
# them seldom does so in its first characters.
_CHALLENGE = re.compile(
    r"cf-challenge|cf_chl_|<title>just a moment\.\.\.|<title>attention required! \| cloudflare|_incapsula_resource"
    r"|<title>access denied|geo\.captcha-delivery\.com|sucuri website firewall|pardon our interruption"
    r"|<title>checking your browser",
    re.IGNORECASE,
)
_CHALLENGE_HEAD = 20_000


def is_challenge(page: str) -> bool:
    """Whether a page is no page at all but the door of a bot filter."""
    return _CHALLENGE.search(page, 0, _CHALLENGE_HEAD) is not None
