"""Subscriber files: from spreadsheets, from editors, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.clean import plain_line
from curator.deliver.people import decode_csv, read_subscribers, write_subscribers
from curator.errors import UsageError
from curator.models import Subscriber


def faults(text: str) -> list[str]:
    return [str(fault) for fault in read_subscribers(text)[1]]


def addresses(text: str) -> list[str]:
    people, found = read_subscribers(text)
    assert found == []
    return [person.address for person in people]


def test_every_column_in_any_order() -> None:
    text = (
        "lists,Name,address,organisation,role,country,interests,language,format\n"
        'members leaders members,"Lee, Ann",Ann@Example.org,Ministry,Director,NZ,"crisis, youth",en,text\n'
        ",,ben@example.org\n"
    )
    people, found = read_subscribers(text)
    assert found == []
    assert people == [
        Subscriber(
            address="Ann@example.org",
            name="Lee, Ann",
            organisation="Ministry",
            role="Director",
            country="NZ",
            interests="crisis, youth",
            language="en",
            format="text",
            lists=("members", "leaders"),
        ),
        Subscriber(address="ben@example.org"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "address;name\r\na@example.org;A\r\nb@example.org;B\r\n",
        "sep=;\r\naddress;name\r\na@example.org;A\r\nb@example.org;B\r\n",
        "\ufeffaddress\tname\na@example.org\tA\nb@example.org\tB\n",
        "address,name\ra@example.org,A\rb@example.org,B\r",
        "\n\naddress,name,\n\na@example.org,A,\n,,\n b@example.org\u00a0,B,",
        '"address"\n"a@example.org"\n"b@example.org"',
    ],
)
def test_the_files_spreadsheets_write(text: str) -> None:
    assert addresses(text) == ["a@example.org", "b@example.org"]


def test_all_faults_at_once_with_their_lines() -> None:
    text = (
        "address,name,lists\n"
        "a@example.org,A,members\n"
        "not an address,B,\n"
        '"c@example.org","C\nC",members\n'
        "A@example.org,A again,\n"
        ",D,members\n"
        "e@example.org,Lee, Eve,members\n"
        'f@example.org,F,"members,leaders"\n'
    )
    people, _ = read_subscribers(text)
    assert [person.address for person in people] == ["a@example.org", "c@example.org"]
    assert faults(text) == [
        "line 3: “not an address” cannot be mailed: it holds a space.",
        "line 6: “A@example.org” stands in line 2 already. Keep one of the two.",
        "line 7: “” cannot be mailed: it is empty.",
        "line 8: 4 cells, but 3 columns. A cell with a comma needs quotes.",
        "line 9: “members,leaders” is no name of a list. Separate lists by spaces.",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "The file is empty"),
        ("\n\n", "The file is empty"),
        ("a@example.org,A\n", "line 1: the names of the columns are missing"),
        ("name,lists\nA,members\n", "line 1: there is no column “address”"),
        ("address,organization\na@example.org,X\n", "Did you mean “organisation”?"),
        ("E-Mail,name\na@example.org,X\n", "Did you mean “address”?"),
        ("address,shoe size\na@example.org,44\n", "Known are address, name"),
        ("address,name,name\na@example.org,A,B\n", "the column “name” stands there twice"),
        ("address\na@example.org\nb\0@example.org\n", "line 3: a NUL byte"),
        ('address,name\na@example.org,"A\n', "line 2: quotation marks that do not fit"),
        ('address,name\na@example.org,"A" B\n', "line 2: quotation marks that do not fit"),
        ("sep=;\naddress;name\nx;A\n", "line 3: “x” cannot be mailed"),
        ("address\n" + "a" * 200_000, "line 2: "),
    ],
)
def test_each_fault_names_its_place(text: str, fault: str) -> None:
    assert fault in "\n".join(faults(text))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("address\na@example.org\n".encode("utf-16"), "UTF-16"),
        ("address,name\na@example.org,Jörg\n".encode("latin-1"), "byte 0xF6 in line 2"),
        (b"PK\x03\x04\x14\x00", "spreadsheet, not CSV"),
    ],
)
def test_other_encodings_are_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(UsageError, match=why) as caught:
        decode_csv(data)
    assert "CSV UTF-8" in caught.value.message


def test_a_byte_order_mark_is_taken_off() -> None:
    assert decode_csv(b"\xef\xbb\xbfaddress\n") == "address\n"


def test_no_cell_leaves_as_a_formula() -> None:
    person = Subscriber(
        address="+ann@example.org", name="=HYPERLINK(0)", organisation="@SUM", role="-1", interests="'=x"
    )
    text = write_subscribers([person])
    assert text.splitlines()[1] == "'+ann@example.org,'=HYPERLINK(0),'@SUM,'-1,,''=x,,,"
    assert read_subscribers(text) == ([person], [])


cells = st.text(max_size=20).map(plain_line) | st.sampled_from(["=1", "'=1", "''-", "@", "'", '"', "a,b;c\t"]).map(
    plain_line
)
names_of_lists = st.lists(st.from_regex(r"[a-z+=@-][a-z-]{0,8}", fullmatch=True), unique=True, max_size=3).map(tuple)
people = st.builds(
    Subscriber,
    address=st.from_regex(r"[a-z+=-][a-z]{0,8}@[a-z]{1,8}\.org", fullmatch=True),
    lists=names_of_lists,
    **dict.fromkeys(("name", "organisation", "role", "country", "interests", "language", "format"), cells),
)


@given(st.lists(people, unique_by=lambda person: person.address, max_size=4))
def test_out_and_in_again(subscribers: list[Subscriber]) -> None:
    assert read_subscribers(write_subscribers(subscribers)) == (subscribers, [])


@given(st.text(max_size=200) | st.text(max_size=100).map(lambda text: f"address,name\n{text}"))
def test_no_text_brings_a_traceback(text: str) -> None:
    _, found = read_subscribers(text)
    assert all(str(fault) and "\n" not in str(fault) for fault in found)
