"""What a query may become where the cursor is."""

from __future__ import annotations

import pytest

from curator.completion import FIELD_LABELS, Value, called, completions
from curator.query import FIELDS

VOCABULARY = {
    "country": [Value("SE", "Sweden", ("Sverige",)), Value("NZ", "New Zealand"), Value("SG", "Singapore")],
    "publisher": [Value("Mind Matters", "")],
    "theme": [Value("crisis-care", "Crisis care"), Value("recovery", "Recovery")],
}


def become(typed: str, *, every: bool = False) -> list[str]:
    """What stands there with each that is proposed; | is the cursor."""
    cursor = typed.index("|")
    query = typed.replace("|", "")
    shown = []
    for one in completions(query, cursor, VOCABULARY, every=every):
        text, at = one.taken(query)
        shown.append(f"{text[:at]}|{text[at:]}")
    return shown


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("cou|", ["country:|"]),
        ("care -COU|", ["care -country:|"]),
        ("(th|", ["(theme:|"]),
        ("s|", []),
        ("|", []),
        ("se|", ["section:|"]),
        ("country:|", ["country:SE |", "country:NZ |", "country:SG |"]),
        ("country:s|", ["country:SE |", "country:SG |"]),
        ("country:sweden|", ["country:SE |"]),
        ("country:sver|", ["country:SE |"]),
        ("country:zea|", ["country:NZ |"]),
        ('country:"new z|', ["country:NZ |"]),
        ("(country:sw|) care", ["(country:SE)| care"]),
        ("country:sw| care", ["country:SE |care"]),
        ("publisher:mi|", ['publisher:"Mind Matters" |']),
        ("-theme:care|", ["-theme:crisis-care |"]),
        ("since:|", []),
        ('"crisis cou|', []),
        ('"crisis country:s|', []),
        ("https://a.example/country|", []),
        ("cou|nt", []),
        ("nosuch:x|", []),
    ],
)
def test_what_a_word_may_become(typed: str, becomes: list[str]) -> None:
    assert become(typed) == becomes


def test_every_field_is_shown_where_it_is_asked_for() -> None:
    assert become("care |", every=True) == [f"care {name}:|" for name in FIELDS]
    assert set(FIELD_LABELS) == set(FIELDS)


def test_a_value_is_called_by_code_label_or_an_alias_of_its_own() -> None:
    values = [*VOCABULARY["country"], Value("XX", "Elsewhere", ("Sverige",))]
    assert [called(name, values) for name in ("se", "new zealand", "NEW-ZEALAND", "Sverige", "", "x")] == [
        "SE",
        "NZ",
        "NZ",
        None,
        None,
        None,
    ]
