"""TOML into types: what decodes, and what each fault says."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.decode import decode, decode_each, did_you_mean, nearest, unknown_keys
from curator.errors import ConfigError, ExitCode
from curator.toml_file import read_toml


class Inner(msgspec.Struct, frozen=True, kw_only=True):
    slug: str
    size: int = 1


class Plain(msgspec.Struct, frozen=True):
    name: str
    country: str | None = None


class Outer(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    inner: Inner
    ratio: float = 1.0
    on: bool = False
    day: date | None = None
    at: time | None = None
    moment: datetime | None = None
    kind: Literal["news", "policy"] = "news"
    words: tuple[str, ...] = ()
    items: tuple[Inner, ...] = ()
    by_name: dict[str, Inner] = {}
    plain: tuple[Plain, ...] = ()
    either: str | list[str] = ""
    anything: object = None


class Checked(msgspec.Struct, frozen=True):
    low: int

    def __post_init__(self) -> None:
        if self.low > 3:
            raise ValueError("low must be at most 3.")


def faults(data: object, kind: type[Any] = Outer, where: str = "") -> list[str]:
    value, found = decode(kind, data, where=where)
    assert (value is None) == bool(found)
    return [str(each) for each in found]


def test_a_whole_table_decodes() -> None:
    value, found = decode(
        Outer,
        {
            "name": "x",
            "inner": {"slug": "a", "size": 2},
            "ratio": 2,
            "on": True,
            "day": date(2026, 1, 2),
            "at": time(7),
            "kind": "policy",
            "words": ["a", "b"],
            "items": [{"slug": "b"}],
            "by_name": {"c": {"slug": "c"}},
            "plain": [{"name": "n", "country": "SE"}],
            "either": ["p", "q"],
            "anything": {"deep": [1]},
        },
    )
    assert not found
    assert value == Outer(
        name="x",
        inner=Inner(slug="a", size=2),
        ratio=2.0,
        on=True,
        day=date(2026, 1, 2),
        at=time(7),
        kind="policy",
        words=("a", "b"),
        items=(Inner(slug="b"),),
        by_name={"c": Inner(slug="c")},
        plain=(Plain("n", "SE"),),
        either=["p", "q"],
        anything={"deep": [1]},
    )
    assert isinstance(value.ratio, float)


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    assert faults(
        {
            "nme": "x",
            "ratio": "2",
            "inner": {"slug": 3, "sise": 1},
            "items": [{"slug": "ok"}, {"size": True}, "no"],
            "by_name": {"odd key": {"slug": []}},
            "plain": [{"contry": "SE", "name": "n"}],
            "words": "a",
            "kind": "polcy",
            "either": 3,
        }
    ) == [
        "nme: unknown key. Did you mean “name”?",
        "ratio: is text, must be a number.",
        "inner.slug: is a whole number, must be text.",
        "inner.sise: unknown key. Did you mean “size”?",
        "items[1].size: is true or false, must be a whole number.",
        "items[1].slug: missing. Add it to [[items]], number 2.",
        "items[2]: is text, must be a table.",
        'by_name."odd key".slug: is a list, must be text.',
        "plain[0].contry: unknown key. Did you mean “country”?",
        "words: is text, must be a list. Put it in square brackets.",
        "kind: is “polcy”, must be one of “news”, “policy”. Did you mean “policy”?",
        "either: is a whole number, must be text or a list.",
        "name: missing. Add it at the top of the file.",
    ]


@pytest.mark.parametrize(
    ("data", "kind", "where", "said"),
    [
        ({"size": 1}, Inner, "pull", "pull.slug: missing. Add it to [pull]."),
        ({"country": "SE"}, Plain, "feeds[3]", "feeds[3].name: missing. Add it to [[feeds]], number 4."),
        ({"code": "SE"}, Plain, "feeds[3]", "feeds[3].name: missing. Add it to [[feeds]], the one with “SE”."),
        ({"name": "x"}, Outer, "", "inner: missing. Add [inner]."),
        ([], Inner, "mail", "mail: is a list, must be a table. Write [mail]."),
        ({"a": 1, "slug": "x"}, Inner, "", "a: unknown key. Known here: size."),
        ({"low": 4}, Checked, "box", "box: low must be at most 3."),
        ({"name": "x", "country": 3}, Plain, "", "country: is a whole number, must be text."),
    ],
)
def test_the_words_of_a_fault(data: object, kind: type[Any], where: str, said: str) -> None:
    assert said in faults(data, kind, where)


def test_a_table_where_a_list_of_tables_is_due_says_how_to_write_it() -> None:
    assert faults({"name": "x", "inner": {"slug": "a"}, "items": {"slug": "b"}}) == [
        "items: is a table, must be a list. Write [[items]]."
    ]


def test_a_fault_shows_no_control_characters_of_the_file() -> None:
    said = faults({"\x1b[31mred": 1, "slug": "x"}, Inner)
    assert said == ['"red": unknown key. Known here: size.']


def test_a_kind_that_is_none_of_ours_is_a_mistake_in_curator() -> None:
    with pytest.raises(TypeError, match="does not understand"):
        decode(Path, "x")


def test_sound_items_are_kept_beside_the_faults_of_others() -> None:
    sound, found = decode_each(Inner, [{"slug": "a"}, {"slg": "b"}, {"slug": "c"}], where="items")
    assert sound == {0: Inner(slug="a"), 2: Inner(slug="c")}
    assert str(found[0]) == "items[1].slg: unknown key. Did you mean “slug”?"
    assert decode_each(Inner, None, where="items") == ({}, [])
    assert [str(each) for each in decode_each(Inner, {}, where="items")[1]] == [
        "items: is a table, must be a list. Write [[items]]."
    ]


def test_unknown_keys_name_the_nearest_that_is_free() -> None:
    assert [str(each) for each in unknown_keys({"mial": {}, "pull": {}}, ["mail", "pull"])] == [
        "mial: unknown key. Did you mean “mail”?"
    ]


def test_nearest_reads_past_case_and_accents_and_gives_up_in_time() -> None:
    assert nearest("MÅORI", ["maori", "sami"]) == "maori"
    assert nearest("recov", ["recovery", "peer-support"]) == "recovery"
    assert nearest("qqq", ["recovery"]) is None
    assert nearest("", ["a"]) is None
    assert did_you_mean("recvery", ["recovery"]) == "Did you mean “recovery”?"
    assert did_you_mean("zz", ["recovery"]) == ""


TOML_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes() | st.times(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(
    TOML_VALUES
    | st.dictionaries(st.sampled_from(["name", "inner", "items", "by_name", "plain", "either", "kind"]), TOML_VALUES)
)
def test_decoding_never_raises_and_a_value_comes_without_faults(data: object) -> None:
    value, found = decode(Outer, data)
    assert (value is None) == bool(found)
    assert all("\n" not in str(each) and "\x1b" not in str(each) for each in found)


@given(st.text(), st.lists(st.text(), max_size=5))
def test_nearest_is_one_of_the_known_or_none(word: str, known: list[str]) -> None:
    assert nearest(word, known) in {None, *known}


# ---------------------------------------------------------------- files


def said_of(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        read_toml(path)
    assert caught.value.exit_code is ExitCode.USAGE
    assert caught.value.path == path
    return caught.value.message.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a = 1\nb = \n", "line 2, column 5: is not TOML: invalid value."),
        (b"a = 1\nb = '''x", "line 2, end of file: is not TOML: expected \"'''\"."),
        (b"a = 1\na = 2\n", "line 2, column 6: is not TOML: cannot overwrite a value."),
        (b"a = 1\n\nb = '\xe9'\n", "line 3: is not UTF-8 (byte 0xe9). Save the file as UTF-8."),
        ("a = 1".encode("utf-16"), "line 1: is not UTF-8 (byte 0xff). Save the file as UTF-8."),
        (b"a = " + b"[" * 5000, "is nested too deeply. Use fewer brackets inside brackets."),
        (
            b"a = " + b"1" * 5000,
            "holds a number that is too long or a date that does not exist. Shorten it, or put it in quotes.",
        ),
    ],
)
def test_a_file_that_is_not_toml_names_its_line(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(data)
    assert said_of(path) == said


def test_a_byte_order_mark_and_windows_lines_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    assert read_toml(path) == {"a": 1, "b": 2}


def test_what_is_no_readable_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert said_of(tmp_path / "none.toml") == "does not exist. Create it, or check the path."
    assert said_of(tmp_path) == "is a folder, must be a file. Check the path."
    assert said_of(tmp_path / "file" / "x.toml") == "lies below a file, not a folder. Check the path."
    assert said_of(tmp_path / "a\0b").startswith("cannot be read: ")


def test_a_file_that_may_not_be_read_says_how_to_allow_it(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("a = 1")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        assert said_of(path) == "may not be read. Allow reading it (chmod u+r)."
    else:
        pytest.skip("this user may read everything")
