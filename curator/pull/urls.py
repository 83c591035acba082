"""Addresses for comparing: pure, never raising, `canonical_url(canonical_url(x)) == canonical_url(x)`.

The result is a key, not an address to open: `http` counts as `https` and a leading `www.` is dropped, because
the same page is linked both ways and no two sites are known to differ only in these; what is shown and opened
is the document's `link`.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from curator.pull.variants import plain_variant

# Parameters that say where a reader came from, never what the page is. Sources: the lists of miniflux
# (internal/reader/urlcleaner), Brave (query_filter), Firefox (query-stripping) and AdGuard (TrackParamFilter);
# BBC and Chartbeat `at_*`, Webtrends, Matomo and Piano from their vendors' documentation. `ref`, `source`,
# `campaign` and `id` stay: on some sites they choose the page.
_WORDS = """
    fbclid _openstat fb_action_ids fb_action_types fb_ref fb_source fb_comment_id gclid dclid gbraid wbraid gclsrc
    gad_source _ga _gl srsltid yclid ysclid twclid ttclid msclkid igshid igsh li_fat_id mc_cid mc_eid mc_tc wickedid
    hsa_cam _hsenc _hsmi __hssc __hstc __hsfp hsctatracking rb_clickid oly_anon_id oly_enc_id vero_id vero_conv
    mkt_tok sc_cid s_cid _bhlid _branch_match_id _branch_referrer __readwiselocation ref_src guccounter
    guce_referrer guce_referrer_sig wt.mc_id xtor cmpid ml_subscriber ml_subscriber_hash
    phpsessid jsessionid aspsessionid
"""
TRACKING = frozenset(_WORDS.split())
TRACKING_PREFIXES = (
    "utm_",
    "mtm_",
    "pk_",
    "piwik_",
    "matomo_",
    "hmb_",
    "itm_",
    "at_medium",
    "at_campaign",
    "at_custom",
)

# Second levels under which countries let register (publicsuffix.org): example.org.nz is a site, org.nz is none.
_SECOND_LEVEL = frozenset(
    [
        "ac",
        "co",
        "com",
        "edu",
        "gob",
        "gouv",
        "gov",
        "govt",
        "gv",
        "health",
        "iwi",
        "mil",
        "ne",
        "net",
        "nhs",
        "or",
        "org",
        "police",
        "sch",
        "school",
    ]
)

_CONTROLS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]")
_SESSION = re.compile(r";jsessionid=[^/;?]*", re.IGNORECASE)
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ODD = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%\[\]|]")
_IN_ORDER = re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/?\[\]|]*")  # nothing for _PERCENT or _ODD
# Addresses that urllib would take apart only to put them together again.
_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9/._~%+=&,:@!*()'-]*(?:\?[A-Za-z0-9/._~%+=&,:@!*()'-]+)?")
# Addresses that are canonical but for their scheme and a `www.`.
_USUAL = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9._~-]+)+)")
_NO_HOST = re.compile(r"[^a-z0-9\-._~:%]")
_USER = re.compile(r"\A(https?://)[^/?#\\]*@", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}$|/$")


def canonical_url(url: str) -> str:
    """`url` for comparing; what is not http or https comes back only stripped of blanks and control characters."""
    if usual := _USUAL.fullmatch(url):
        return _of_the_page(f"https://{_without_www(usual[1])}{usual[2]}")
    bare = _CONTROLS.sub("", url)
    try:
        parts = urlsplit(bare)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return bare
    if parts.scheme not in ("http", "https") or not host:
        return bare
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    path = _SLASHES.sub("", _SESSION.sub("", _escaped(parts.path))) or "/"
    query = "&".join(part for part in _escaped(parts.query).split("&") if part and not _is_tracking(part))
    fragment = f"#{_escaped(parts.fragment)}" if parts.fragment.startswith("!") else ""
    return _of_the_page(f"https://{place}{path}{f'?{query}' if query else ''}{fragment}")


def _of_the_page(plain: str) -> str:
    """`plain`, or the canonical address of the page that it is a variant of."""
    return plain if (variant := plain_variant(plain)) == plain else canonical_url(variant)


def untracked(url: str) -> str:
    """`url` to open and to pass on, without the parameters that only say where a reader came from."""
    before, hash_, fragment = url.partition("#")
    place, _, query = before.partition("?")
    if fragment.startswith("utm_"):
        hash_, fragment = "", "&".join(part for part in fragment.split("&") if not _is_tracking(part))
    kept = "&".join(part for part in query.split("&") if not _is_tracking(part))
    after = f"#{fragment}" if fragment else hash_
    return (place + (f"?{kept}" if kept else "") if query else before) + after


def without_user(url: str) -> str:
    """`url` without a user name and password before its host: nobody else is to read them, and a name there can pass
    for the host (`https://health.example@other.example/`)."""
    return _USER.sub(r"\1", url, count=1) if "@" in url else url


def absolute(base: str, link: str) -> str:
    """`link`, as it stands at `base`; '' where that is no web address."""
    if _PLAIN.fullmatch(link):
        return link
    try:
        address = urljoin(base, link)
    except ValueError:
        return ""
    return address if is_web(address) else ""


def host_of(url: str) -> str:
    """The host in lower case, as written otherwise; '' where there is none."""
    try:
        return (urlsplit(_CONTROLS.sub("", url)).hostname or "").rstrip(".")
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Scheme, host and port, as written: what is told one origin in private is told no other."""
    try:
        parts = urlsplit(_CONTROLS.sub("", url))
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.lower()}"


def is_web(url: str) -> bool:
    """Whether `url` is an http or https address with a host: the only kind kept as a link."""
    if _PLAIN.fullmatch(url):
        return True
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def site_of(canonical: str) -> str:
    """The name an organisation registered, `example.org` of `https://news.example.org/a`; '' where there is none."""
    labels = host_of(canonical).split(".")
    under = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-under:]) if len(labels) >= under else ""


def is_home_page(canonical: str) -> bool:
    """Whether a canonical address names a site rather than a page of it."""
    parts = canonical.split("/", 3)
    return len(parts) < 4 or not parts[3]


def _host(host: str) -> str:
    """Lower case, ASCII (IDNA), no final dot, no `www.`; ValueError (a UnicodeError) where IDNA cannot say it."""
    name = host.lower().strip(".")
    if not name.isascii():
        name = name.encode("idna").decode().lower().strip(".")
    if _NO_HOST.search(name):  # IDNA's folding can bring in what would part the address anew
        raise ValueError(host)
    name = _without_www(name)
    return f"[{name}]" if ":" in name else name


def _without_www(name: str) -> str:
    while name.startswith("www.") and "." in name[4:]:
        name = name[4:].strip(".")
    return name


def _escaped(text: str) -> str:
    """Percent escapes in one spelling: capitals, none for unreserved characters, all for odd ones."""
    if _IN_ORDER.fullmatch(text):
        return text
    return _ODD.sub(lambda m: _percent(m[0]), _PERCENT.sub(_one_escape, text))


def _one_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else f"%{match[1].upper()}"


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
