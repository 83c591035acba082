"""Days as pages write them: many forms, and never a guess between two."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.days import day_in, order_of

THAT = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21", "2026/11/21", "2026.11.21", "21 November 2026", "21st of November, 2026", "Sat 21 Nov 2026",
        "November 21, 2026", "Nov. 21st, 2026", "NOVEMBER 21 2026", "Published: 21 November 2026 at 10:15",
        "21/11/2026", "11/21/2026", "21.11.2026", "21. 11. 2026", "2026年11月21日", "den 21 november 2026",
        "21. november 2026", "21 de noviembre de 2026", "21 novembre 2026", "21. November 2026", 
        "21 de novembro de 2026",
        "21. marraskuuta 2026", "21 Tachwedd 2026", "21 Samhain 2026", "21 Whiringa-ā-rangi 2026", "2026 November 21",
        "News\n  21\n  November\n  2026 and more", "2026-11-21T00:00:00Z", "2026-11-21T13:00:00+13:00",
    ],
)  # fmt: skip
def test_a_day_is_read_in_many_forms(text: str) -> None:
    assert day_in(text) == THAT


@pytest.mark.parametrize(
    "text", ["11/12/2026", "31 February 2026", "tomorrow", "2026", "1126", "21 Nov", "", "99/99/2026"]
)
def test_what_is_no_certain_day_is_none(text: str) -> None:
    assert day_in(text) is None


def test_two_numbers_are_settled_by_the_page_its_language_or_its_country() -> None:
    def told(texts: list[str], language: str | None = None, country: str | None = None) -> datetime | None:
        return day_in("03/04/2026", order_of(texts, language, country))

    april, march = datetime(2026, 4, 3, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC)
    assert told(["03/04/2026", "21/11/2026"], "en-US") == april
    assert told(["11/21/2026"], "en-GB") == march
    assert told([], "en-US") == told([], "en", "US") == march
    assert told([], "en-NZ") == told([], None, "GB-SCT") == told([], "sv") == april
    assert told([], "en") is told([]) is told(["21/11/2026", "11/21/2026"]) is None


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    day_in(text)


def test_a_long_text_takes_no_time() -> None:
    for text in ("1 " * 1_000_000, "11/" * 500_000, "21 november " * 300_000, "\u0301" * 1_000_000):
        day_in(text)
