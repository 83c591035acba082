"""Which addresses can be mailed, against a list of verdicts and against whatever a file may hold."""

from __future__ import annotations

import json
import unicodedata
from email.headerregistry import Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.deliver.address import parse_address, parse_mailbox
from curator.errors import UsageError
from curator.models import mailbox_of
from tests.corpus import corpus_path

# Valid by the corpus, refused here: quoted local parts have been misread as other people's addresses on the way, and
# a tab can hide in one; nobody subscribes from a bare IP number.
REFUSED_ON_PURPOSE = {
    '"test@test"@example.com',
    '"\\\t"@here.com',
    "email@[127.0.0.1]",
    "email@[2001:dB8::1]",
    "email@[2001:dB8:0:0:0:0:0:1]",
    "email@[::fffF:127.0.0.1]",
}


def is_taken(text: str) -> bool:
    try:
        parse_address(text)
    except UsageError as error:
        assert "\n" not in error.message
        assert all(unicodedata.category(c) != "Cc" for c in error.message)
        return False
    return True


def test_verdicts_of_the_corpus() -> None:
    path = corpus_path("hostile", "urls-addresses-headers", "django-lists.json")
    verdicts = json.loads(path.read_text("utf-8"))
    differ = {each["value"] for each in verdicts["emails"] if is_taken(each["value"]) != each["valid"]}
    assert differ == REFUSED_ON_PURPOSE
    assert not any(is_taken(each["value"]) for each in verdicts["header_injection"])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ann.Lee@Example.ORG", "Ann.Lee@example.org"),
        ("a+b=c'd@sub.example.org", "a+b=c'd@sub.example.org"),
        ("jo\u0308rg@example.org", "jörg@example.org"),
        ("a@MÜLLER.example", "a@xn--mller-kva.example"),
        ("a@straße.example", "a@xn--strae-oqa.example"),
        ("editor@localhost", "editor@localhost"),
    ],
)
def test_one_spelling_for_each(text: str, address: str) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("ann.example.org", "it needs one @"),
        ("ann@example.org, ben@example.org", "one address at a time"),
        ("Ann <ann@example.org>", "without a name"),
        ("ann@example.org\r\nBcc: ben@example.org", r"a control character \(U\+000D\)"),
        ("\u200bann@example.org", r"zero width space \(U\+200B\)"),
        ("ann lee@example.org", "it holds a space"),
        (".ann@example.org", "a dot stands at the start"),
        ("an..n@example.org", "twice before the @"),
        ("an(n)@example.org", r"“\(”, left parenthesis \(U\+0028\) before the @"),
        ("@example.org", "nothing stands before the @"),
        ("ann@", "nothing stands after the @"),
        ("ann@example", "no dot"),
        ("ann@example..org", "twice in the domain"),
        ("ann@-example.org", "“-example” cannot be part of a domain"),
        ("ann@192.0.2.1", "ends in a number"),
        ("ann@xn--a.org", "not a possible international name"),
        ("a" * 65 + "@example.org", "more than 64 bytes"),
        ("a" * 64 + "@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + "." + "e" * 10 + ".org", "longer than 254"),
        ("ann@" + "b" * 64 + ".org", "too long"),
    ],
)
def test_each_refusal_says_why(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        parse_address(text)


@given(st.text(max_size=40) | st.from_regex(r"[a-zü.+@ <>\"-]{1,20}@[a-zß。.-]{1,20}", fullmatch=True))
def test_what_is_taken_is_its_own_spelling_and_fits_an_envelope(text: str) -> None:
    if not is_taken(text):
        return
    address = parse_address(text)
    assert parse_address(address) == address
    assert not set(address) & set(' \r\n\t<>,;"\0')
    if address.isascii():
        assert Address(addr_spec=address).addr_spec == address


def test_a_sender_may_have_a_name() -> None:
    assert parse_mailbox('"Network Update" <update@Example.org>') == ("Network Update", "update@example.org")
    assert parse_mailbox("update@example.org") == ("", "update@example.org")
    with pytest.raises(UsageError, match="U\\+000A"):
        parse_mailbox("Network\nBcc: x@example.org <update@example.org>")


def test_one_person_whatever_the_letters() -> None:
    assert mailbox_of("Ann@example.org") == mailbox_of("ann@example.org")
