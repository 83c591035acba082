"""What the environment says of the way out: proxies and the authorities that are believed; and httpx, loaded cheaply.

HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY (small letters win) and SSL_CERT_FILE, else SSL_CERT_DIR, as httpx reads
them. What cannot be used is a UsageError that names the variable, and never its value, which may hold a password.
"""

from __future__ import annotations

import os
import re
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.request import getproxies

from curator.clean import plain_line
from curator.errors import UsageError

if TYPE_CHECKING:
    import httpx

_NAME = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+(%\w+)?")  # a name or number as it is looked up; httpx takes more
_ONE_AT_A_TIME = threading.Lock()
_NEEDLESS = ("httpx._main", "brotli", "brotlicffi", "zstandard", "h2.config")
"""Of httpx: its command line, which brings rich; unpackers, since bodies are unpacked here; and HTTP/2, which httpcore
looks for again when a server has chosen it."""


def load_httpx() -> None:
    """Import httpx without what it can do without: together that takes longer than httpx itself."""
    with _ONE_AT_A_TIME:
        if "httpx" in sys.modules:
            return
        withheld = [name for name in _NEEDLESS if name not in sys.modules]
        sys.modules.update(dict.fromkeys(withheld, cast(Any, None)))
        try:
            import httpcore  # noqa: F401 - httpx would leave it to the first of many threads
            import httpx  # noqa: F401 - for those who import it next
        finally:
            for name in withheld:
                del sys.modules[name]


# ---------------------------------------------------------------- proxies


def mounts() -> dict[str, httpx.HTTPTransport]:
    """Transports for the proxies that are themselves asked over TLS, since httpx would believe other authorities of
    them than of servers. UsageError where any proxy cannot be used."""
    import httpx

    named = {key: found for key in ("http", "https", "all") if (found := _proxy(key))}
    if "*" in (part.strip() for part in getproxies().get("no", "").split(",")):
        return {}
    own = {
        key: httpx.Proxy(url, ssl_context=authorities("proxies")) for key, url in named.items() if url.scheme == "https"
    }
    return {
        f"{key}://": httpx.HTTPTransport(proxy=proxy, verify=authorities(), http2=True) for key, proxy in own.items()
    }


def _proxy(key: str) -> httpx.URL | None:
    """The proxy for `http`, `https` or `all` addresses."""
    import httpx

    said = getproxies().get(key, "")
    if not said:
        return None
    try:
        url = httpx.URL(said if "://" in said else f"http://{said}")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise _no_proxy_at(key, "it is not an address") from error
    if url.scheme.startswith("socks"):
        raise _no_proxy_at(key, "it names a SOCKS proxy, which curator does not speak to")
    if url.scheme not in ("http", "https") or not _NAME.fullmatch(url.raw_host.decode()) or (url.port or 1) > 65_535:
        raise _no_proxy_at(key, "it is not an address")
    return url


def _no_proxy_at(key: str, why: str) -> UsageError:
    return UsageError(
        f"{variable(f'{key}_proxy')} cannot be used: {why}. It has to be like http://proxy.example.org:3128, "
        "with user:password@ before the name where the proxy asks for them."
    )


def variable(name: str) -> str:
    """How a variable is spelled here: `https_proxy` where it is set so, else `HTTPS_PROXY`."""
    return next((one for one in (name, *os.environ) if one.lower() == name and one in os.environ), name.upper())


@contextmanager
def told_as_usage() -> Iterator[None]:
    """What httpx refuses when a client is made, after the proxies were found sound."""
    import httpx

    try:
        yield
    except (httpx.InvalidURL, ValueError) as error:
        said = plain_line(str(error), 200).rstrip(".")
        raise UsageError(f"{variable('no_proxy')} cannot be used: {said}.") from error


# ---------------------------------------------------------------- authorities


Whose = Literal["servers", "proxies"]  # a context each: what is spoken within TLS is agreed on by the context


def authorities(whose: Whose = "servers") -> ssl.SSLContext:
    """Whom to believe, made when a connection first needs it; looked at now only where the environment names it."""
    named = authorities_named()
    if named:
        _look_at(*named)
    return cast(ssl.SSLContext, LateContext(whose))


def authorities_named() -> tuple[str, Path] | None:
    """The variable that names the authorities, and what it names; None where they are those that come with httpx."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        if said := os.environ.get(name):
            return name, Path(said)
    return None


def _look_at(name: str, path: Path) -> None:
    right, kind = (path.is_file(), "file") if name == "SSL_CERT_FILE" else (path.is_dir(), "folder")
    shown = plain_line(str(path), 120)
    if not path.exists():
        raise UsageError(f"{name} cannot be used: there is no {kind} {shown}.")
    if not right:
        raise UsageError(f"{name} cannot be used: {shown} is not a {kind}.")
    if not os.access(path, os.R_OK):
        raise UsageError(f"{name} cannot be used: {shown} may not be read by this user.")


class LateContext:
    """A TLS context that is made when a connection first needs it: loading the authorities takes longer than most
    downloads, and a feed without TLS does not need them."""

    def __init__(self, whose: Whose) -> None:
        self._whose: Whose = whose

    def __getattr__(self, name: str) -> Any:
        with _ONE_AT_A_TIME:
            context = certificates(self._whose)
        return getattr(context, name)


@lru_cache(maxsize=2)
def certificates(whose: Whose) -> ssl.SSLContext:
    """One for all clients. UsageError where what the environment names holds no certificate."""
    import httpx

    try:
        return httpx.create_ssl_context()
    except OSError as error:
        name, path = authorities_named() or ("certifi", Path())
        raise UsageError(
            f"{name} cannot be used: {plain_line(str(path), 120)} holds no certificates in PEM form."
        ) from error
