from __future__ import annotations

import re
from pathlib import Path

import pytest

from curator.digest.definitions import Digest, load_digests
from curator.errors import UsageError
from tests.digest.world import DIGESTS, TAXONOMY

GOOD = """
name = "Letter"
subject = "Letter {{ edition.number }}"
mailing_list = "members"
sections = ["news", { slug = "rest", label = "All else", takes = "rest" }]
"""


def write(folder: Path, toml: str, slug: str = "letter") -> Path:
    digest = folder / slug
    digest.mkdir(parents=True)
    (digest / "digest.toml").write_text(toml, encoding="utf-8")
    for name in ("body.html.j2", "body.txt.j2"):
        (digest / name).write_text("", encoding="utf-8")
    return digest


def load(folder: Path) -> Digest:
    return load_digests(folder, TAXONOMY)[0]["letter"]


def faults(folder: Path) -> dict[str, str]:
    _, faulty = load_digests(folder, TAXONOMY)
    return {fault.where: f"{fault.what}. {fault.mend}" for fault in faulty["letter"].faults}


def test_the_networks_two_digests() -> None:
    update, briefing = DIGESTS["update"], DIGESTS["make-it-so"]
    assert [section.label for section in update.sections] == ["News", "Research", "Policy documents", "Webinars"]
    assert update.once
    assert not briefing.once
    assert (update.mailing_list, briefing.mailing_list) == ("members", "key-leaders")
    assert [section.takes for section in briefing.sections] == ["members", "organisations", "rest"]
    assert briefing.selection("crisis-care") == "decision:kept theme:crisis-care"


def test_a_digest_about_a_topic_needs_one() -> None:
    with pytest.raises(UsageError, match="--topic THEME"):
        DIGESTS["make-it-so"].selection()


def test_a_section_may_be_its_name_or_a_table(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    digest = load(tmp_path)
    assert [(each.slug, each.label, each.takes) for each in digest.sections] == [
        ("news", "News", "section"),
        ("rest", "All else", "rest"),
    ]
    assert (digest.first, digest.schedule, digest.select) == (1, None, "decision:kept")


def test_folders_that_are_no_digests(tmp_path: Path) -> None:
    write(tmp_path, "nonsense", slug="_shared")
    (tmp_path / "empty").mkdir()
    assert load_digests(tmp_path, TAXONOMY) == ({}, {})
    assert load_digests(tmp_path / "missing", TAXONOMY) == ({}, {})


def test_unknown_and_missing_keys_are_all_named(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("name =", "nmae =") + 'schedule = { dayz = [1] }\nonce = "yes"\n')
    found = faults(tmp_path)
    assert "Did you mean “name”?" in found["nmae"]
    assert "Did you mean “days”?" in found["schedule.dayz"]
    assert set(found) == {"nmae", "name", "schedule.dayz", "once"}


def test_unknown_keys_and_wrong_values_come_together(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace('"news"', '"nwes"') + 'onec = true\nfirst = -1\nselect = "decision:x"\n')
    assert set(faults(tmp_path)) == {"onec", "sections[0]", "first", "select"}


def test_wrong_values_are_all_named(tmp_path: Path) -> None:
    wrong = GOOD.replace('"news"', '"nwes", "policy", "policy"').replace('"members"', '"My List"')
    write(tmp_path, wrong + 'schedule = { at = "7" }\nselect = "theme:$topic"\nfirst = -1\n')
    found = faults(tmp_path)
    assert "Did you mean “news”?" in found["sections[0]"]
    assert set(found) == {"mailing_list", "sections[0]", "sections[2]", "select", "schedule.at", "first"}


def test_the_selection_is_read_as_a_query(tmp_path: Path) -> None:
    write(tmp_path, GOOD + 'select = "decision:keppt"\n')
    assert "kept" in faults(tmp_path)["select"]


def test_a_missing_template_is_a_fault(tmp_path: Path) -> None:
    (write(tmp_path, GOOD) / "body.txt.j2").unlink()
    assert "no body.txt.j2" in faults(tmp_path)[""]


def test_a_toml_error_names_the_line(tmp_path: Path) -> None:
    write(tmp_path, "name = \n")
    error = load_digests(tmp_path, TAXONOMY)[1]["letter"]
    assert re.search(r"letter/digest\.toml: line 1", error.message)


def test_a_fault_of_one_digest_is_its_own(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "name =", slug="one")
    write(tmp_path, GOOD + "frist = 3\n", slug="two")
    write(tmp_path, GOOD, slug="Bad Name")
    sound, faulty = load_digests(tmp_path, TAXONOMY)
    assert list(sound) == ["letter"]
    assert {slug: error.path for slug, error in faulty.items()} == {
        slug: tmp_path / slug / "digest.toml" for slug in ("Bad Name", "one", "two")
    }
