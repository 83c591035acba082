"""A theme written into the workspace's taxonomy.toml, and known at once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from curator.errors import ConfigError, UsageError
from curator.suggest import suggest
from curator.taxonomy import default_taxonomy_path, load_taxonomy
from curator.workflow import triage
from curator.workflow.themes import LONGEST, add_theme
from curator.workflow.workspace import Workspace, taxonomy_of
from tests.workflow.world import everything


def written(workspace: Workspace) -> Path:
    return workspace.path / "taxonomy.toml"


def test_a_workspace_without_a_taxonomy_keeps_all_of_curator_s(desk: Workspace) -> None:
    twin, before = desk.twin(), dict(desk.taxonomy.themes)
    theme = add_theme(desk, "  Gambling   harm ", "Issues and conditions")
    assert (theme.slug, theme.group, theme.label) == ("gambling-harm", "issues", "Gambling harm")
    now = taxonomy_of(desk.path)
    assert now.themes == desk.taxonomy.themes == twin.taxonomy.themes == before | {theme.slug: theme}
    assert (now.countries, now.sections) == (desk.taxonomy.countries, desk.taxonomy.sections)
    twin.close()


def test_documents_are_tagged_with_it_and_it_is_suggested(desk: Workspace) -> None:
    one = everything(desk)[0]
    before = {each.code for each in suggest(one.document, desk.taxonomy).themes}
    theme = add_theme(desk, one.document.title, "services")
    assert {each.code for each in suggest(one.document, desk.taxonomy).themes} == before | {theme.slug}
    triage.tag(desk, [one], triage.Tagging(themes=(theme.slug,)))
    assert [each.id for each in triage.find(desk, f"theme:{theme.slug}")] == [one.id]


def test_a_taxonomy_of_one_s_own_keeps_its_comments(desk: Workspace) -> None:
    text = default_taxonomy_path().read_text(encoding="utf-8")
    written(desk).write_text(text, encoding="utf-8")
    theme = add_theme(desk, 'Gambling “harm” \\ "all"', "issues")
    after = written(desk).read_text(encoding="utf-8")
    assert after.startswith(text.rstrip())
    assert tomllib.loads(after)["themes"][-1]["label"] == theme.label == 'Gambling “harm” \\ "all"'


def test_what_no_letters_of_a_to_z_name_still_gets_a_slug(desk: Workspace) -> None:
    assert [add_theme(desk, label, "issues").slug for label in ("精神", "Šiauliai", "心理")] == [
        "theme",
        "siauliai",
        "theme-2",
    ]
    assert len(load_taxonomy(written(desk)).themes) == len(load_taxonomy(default_taxonomy_path()).themes) + 3


def test_what_another_desk_has_written_meanwhile_is_taken_as_it_stands(desk: Workspace) -> None:
    with desk.another() as other:
        theirs = add_theme(other, "Gambling harm", "issues")
    assert theirs.slug not in desk.taxonomy.themes
    assert add_theme(desk, "gambling harm", "services") == theirs == desk.taxonomy.themes[theirs.slug]
    assert written(desk).read_text(encoding="utf-8").count("[[themes]]") == 1


@pytest.mark.parametrize(
    ("label", "group", "said"),
    [
        ("", "issues", "Give the theme a name"),
        ("…!", "issues", "Give the theme a name"),
        ("x" * (LONGEST + 1), "issues", f"{LONGEST} characters at most; this one has {LONGEST + 1}"),
        ("recovery", "issues", "There is a theme “Recovery” already"),
        ("Gambling harm", "isues", "There is no group “isues”. Known: rights-law"),
    ],
)
def test_what_is_no_new_theme_is_told_and_nothing_written(desk: Workspace, label: str, group: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        add_theme(desk, label, group)
    assert not written(desk).exists()


def test_a_file_that_cannot_be_added_to_stays_as_it_is(desk: Workspace) -> None:
    text = 'extends = "curator"\nthemes = []\n'
    written(desk).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[\[themes\]\] blocks"):
        add_theme(desk, "Gambling harm", "issues")
    assert written(desk).read_text(encoding="utf-8") == text
