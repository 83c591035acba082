"""Proxies and authorities, which the environment names: what works, and one clear sentence for what does not."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from curator import http
from curator.config import Pull
from curator.errors import UsageError
from curator.http.environment import certificates
from tests.http2_server import Site2, serving2
from tests.http_server import Reply, Site
from tests.proxy_server import proxying

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (*VARIABLES, *map(str.lower, VARIABLES), "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    certificates.cache_clear()
    yield
    certificates.cache_clear()


@pytest.fixture
def site2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site2]:
    with serving2(tmp_path) as (started, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        started.at("/feed", Reply(b"secure"))
        yield started


def get(url: str) -> bytes | None:
    with http.Line(http.client(Pull())) as line:
        return line.get(url, max_bytes=1000, seconds=5).body


def error_of(url: str) -> str:
    with pytest.raises(http.HttpFault) as caught:
        get(url)
    assert caught.value.passing or "certificate" in caught.value.message
    return caught.value.message


def refused() -> str:
    """The sentence about a setting that cannot be used; it never has what stands in it."""
    with pytest.raises(UsageError) as caught:
        get("http://127.0.0.1:9/")
    assert "secret" not in caught.value.message and "\n" not in caught.value.message
    return caught.value.message


# ---------------------------------------------------------------- proxies


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_plain_requests_go_through_the_proxy(site: Site, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    url = site.at("/feed", Reply(b"plain"))
    with proxying() as proxy:
        monkeypatch.setenv(name, proxy.address.removeprefix("http://"))
        assert get(url) == b"plain"
        assert proxy.asked == [f"GET {url}"]


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "all_proxy"])
def test_tls_goes_through_a_tunnel(site2: Site2, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with proxying() as proxy:
        monkeypatch.setenv(name, proxy.address)
        assert get(site2.url("/feed")) == b"secure"
        assert proxy.asked == [f"CONNECT 127.0.0.1:{site2.port}"]
        assert site2.seen[0].headers[":path"] == "/feed"


def test_a_proxy_behind_tls_is_believed_as_servers_are(
    site: Site, site2: Site2, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    with proxying(context=context) as proxy:
        monkeypatch.setenv("ALL_PROXY", proxy.address)
        assert get(site.at("/feed", Reply(b"plain"))) == b"plain"
        assert get(site2.url("/feed")) == b"secure"
        assert [asked.partition(" ")[0] for asked in proxy.asked] == ["GET", "CONNECT"]


@pytest.mark.parametrize("none", ["127.0.0.1", "localhost, 127.0.0.1", "*", "http://127.0.0.1"])
def test_no_proxy(site: Site, monkeypatch: pytest.MonkeyPatch, none: str) -> None:
    monkeypatch.setenv("NO_PROXY", none)
    with proxying(refuses="403 Forbidden") as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        assert get(site.at("/feed", Reply(b"direct"))) == b"direct"
        assert proxy.asked == []


def test_a_proxy_that_asks_for_a_password(site: Site, site2: Site2, monkeypatch: pytest.MonkeyPatch) -> None:
    asks = "the proxy refused: 407 Proxy Authentication Required; HTTPS_PROXY or HTTP_PROXY takes user:password@"
    url = site.at("/feed", Reply(b"plain"))
    with proxying(login="me:s%cret") as proxy:
        monkeypatch.setenv("ALL_PROXY", proxy.address)
        assert error_of(url).startswith(asks)
        assert error_of(site2.url("/feed")).startswith(asks)
        monkeypatch.setenv("ALL_PROXY", proxy.address.replace("://", "://me:s%25cret@"))
        assert get(url) == b"plain"
        assert get(site2.url("/feed")) == b"secure"
        assert "proxy-authorization" not in site.seen[0].headers


def test_a_proxy_that_refuses(site2: Site2, monkeypatch: pytest.MonkeyPatch) -> None:
    with proxying(refuses="403 \x1b[31mNo") as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        assert error_of(site2.url("/feed")) == "the proxy refused: 403 Forbidden"


def test_a_proxy_that_is_not_there(site: Site, site2: Site2, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        for name in ("localhost", "127.0.0.1"):
            monkeypatch.setenv("ALL_PROXY", f"http://{name}:{unused.getsockname()[1]}")
            for url in (site.url("/feed"), site2.url("/feed")):
                assert error_of(url) == f"the proxy {name} refused the connection"
    for name, said in (("nothing.invalid", "nothing.invalid"), ("prøxy.invalid", "xn--prxy-hra.invalid")):
        monkeypatch.setenv("ALL_PROXY", f"http://{name}:3128")
        assert error_of(site.url("/feed")) == f"the name of the proxy {said} cannot be found"


def test_a_proxy_that_is_none(site: Site, site2: Site2, monkeypatch: pytest.MonkeyPatch) -> None:
    """A web server that knows neither."""
    monkeypatch.setenv("ALL_PROXY", site.url())
    assert error_of(site2.url("/feed")).startswith("the proxy refused: 501")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("http://", "it is not an address"),
        ("http://me:secret@", "it is not an address"),
        ("http://[", "it is not an address"),
        ("http://proxy:99999", "it is not an address"),
        ("http://proxy:secret", "it is not an address"),
        ("ftp://me:secret@proxy", "it is not an address"),
        ("http://\x1b[31m:1", "it is not an address"),
        ("http://" + "é" * 300, "it is not an address"),
        ("socks5://me:secret@proxy:1080", "it names a SOCKS proxy, which curator does not speak to"),
        ("socks4://proxy", "it names a SOCKS proxy, which curator does not speak to"),
    ],
)
@pytest.mark.parametrize("name", ["HTTP_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_proxy_address_that_is_nonsense(monkeypatch: pytest.MonkeyPatch, name: str, value: str, why: str) -> None:
    monkeypatch.setenv(name, value)
    assert refused().startswith(f"{name} cannot be used: {why}. It has to be like http://proxy.example.org:3128")


@pytest.mark.parametrize(
    "value", ["http://[", "a b://c", "http://x:99999", "\x1b[31m", "é" * 300, ",,;", "[::1", "*.a"]
)
def test_no_proxy_that_is_nonsense(site: Site, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Told, or of no effect."""
    monkeypatch.setenv("NO_PROXY", value)
    try:
        assert get(site.at("/feed", Reply(b"direct"))) == b"direct"
    except UsageError as error:
        assert error.message.startswith("NO_PROXY cannot be used: ") and error.message.isprintable()


# ---------------------------------------------------------------- authorities


@pytest.mark.parametrize(
    ("name", "path", "said"),
    [
        ("SSL_CERT_FILE", "none.pem", "there is no file"),
        ("SSL_CERT_FILE", "", "is not a file"),
        ("SSL_CERT_DIR", "none", "there is no folder"),
        ("SSL_CERT_DIR", "a.txt", "is not a folder"),
    ],
)
def test_authorities_that_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, path: str, said: str
) -> None:
    (tmp_path / "a.txt").write_text("words")
    monkeypatch.setenv(name, str(tmp_path / path))
    sentence = refused()
    assert sentence.startswith(f"{name} cannot be used: ") and said in sentence


def test_authorities_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pem").write_text("words")
    (tmp_path / "a.pem").chmod(0)
    if os.access(tmp_path / "a.pem", os.R_OK):
        pytest.skip("this user may read everything")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "a.pem"))
    assert "may not be read by this user" in refused()


def test_a_file_without_certificates(site2: Site2, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read when a server with TLS is asked, and told of the variable, not of the server."""
    (tmp_path / "a.txt").write_text("words")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "a.txt"))
    with pytest.raises(UsageError, match=r"^SSL_CERT_FILE cannot be used: .*a\.txt holds no certificates in PEM form"):
        get(site2.url("/feed"))


def test_a_certificate_that_does_not_verify_behind_a_proxy(site2: Site2, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the server's, also where it stands at the same number."""
    monkeypatch.delenv("SSL_CERT_FILE")
    with proxying() as proxy:
        monkeypatch.setenv("ALL_PROXY", proxy.address)
        assert error_of(site2.url("/feed")).startswith("the certificate of 127.0.0.1 is not valid")


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_a_certificate_that_does_not_verify(
    site2: Site2, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The sentence says whose authorities they were."""
    import certifi

    (tmp_path / "empty").mkdir()
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv(name, certifi.where() if name == "SSL_CERT_FILE" else str(tmp_path / "empty"))
    said = error_of(site2.url("/feed"))
    assert said.startswith("the certificate of 127.0.0.1 is not valid: self-signed certificate")
    assert said.endswith(f"(the authorities are those of {name})")


def test_a_folder_of_authorities(site2: Site2, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As OpenSSL keeps them, by the hash of the subject."""
    import subprocess

    certificate = tmp_path / "certificate.pem"
    asked = ["openssl", "x509", "-hash", "-noout", "-in", str(certificate)]
    digest = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    (tmp_path / "ca").mkdir()
    (tmp_path / "ca" / f"{digest}.0").write_bytes(certificate.read_bytes())
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "ca"))
    assert get(site2.url("/feed")) == b"secure"
