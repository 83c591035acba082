"""feeds import, feeds export: all that is new or nothing, and the same feeds there and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curator.clean import plain_line
from curator.errors import ConfigError, UsageError
from curator.models import Feed, Select
from curator.pull.urls import canonical_url
from curator.workflow.feeds import declaration
from curator.workflow.feeds_file import rewrite_feeds, with_feeds
from curator.workflow.opml import export_feeds, import_feeds
from curator.workflow.workspace import Workspace
from tests.cli.world import curator, empty_workspace
from tests.corpus import corpus_path
from tests.workflow.world import Clock, sit_down


def put(desk: Workspace, *outlines: str) -> Path:
    path = desk.path / "others.opml"
    path.write_text("\n".join(["<opml><body>", *outlines, "</body></opml>"]), encoding="utf-8")
    return path


def outline(name: str, url: str, more: str = "") -> str:
    return f'<outline text="{name}" xmlUrl="{url}" {more}/>'


def test_new_feeds_come_known_and_broken_ones_are_named(desk: Workspace, folder: Path) -> None:
    path = put(
        desk,
        outline("North again", "file:feeds/north.xml"),
        outline("The North", "https://example.org/n?a=1&b=2", 'language="unknown"'),
        outline("twice", "http://example.org/n/?a=1&b=2#x"),
        outline("a filter", "|~/bin/filter"),
        outline("elsewhere", "file:../../secret.xml"),
        outline("by hand", "https://example.org/hand"),
    )
    done = import_feeds(desk, path)
    assert [(feed.slug, feed.name, feed.language) for feed in done.added] == [
        ("the-north", "The North", None),
        ("by-hand-2", "by hand", None),
    ]
    assert [(one.line, one.reason) for one in done.skipped] == [
        (2, "there already, as “north”"),
        (4, "there already, as “the-north”"),
    ]
    assert [one.line for one in done.refused] == [5, 6]
    assert "must be" in done.refused[0].reason
    with sit_down(folder, Clock()) as fresh:
        assert [feed.slug for feed in fresh.config.feeds] == ["north", "isles", "the-north", "by-hand-2"]
    assert "# the north" in (folder / "feeds.toml").read_text(encoding="utf-8")
    assert import_feeds(desk, path).added == []


@pytest.mark.parametrize(
    ("folders", "country"),
    [
        (("Sweden",), "SE"),
        (("Europe", "sverige", "Health"), "SE"),
        (("Scotland", "England"), "GB-ENG"),
        (("SE",), "SE"),
        (("IT",), None),
        (("Health",), None),
        ((), None),
    ],
)
def test_a_folder_that_names_a_country_becomes_it(
    desk: Workspace, folders: tuple[str, ...], country: str | None
) -> None:
    around = "".join(f'<outline text="{name}">' for name in folders)
    path = put(desk, around, outline("x", "https://example.org/x"), "</outline>" * len(folders))
    assert [feed.country for feed in import_feeds(desk, path).added] == [country]


@pytest.mark.parametrize("body", ["", "<opml><body/></opml>", "<opml><body><outline</body></opml>", "<html/>"])
def test_what_is_no_list_of_feeds_imports_nothing(desk: Workspace, body: str) -> None:
    path = desk.path / "others.opml"
    path.write_text(body, encoding="utf-8")
    before = (desk.path / "feeds.toml").read_bytes()
    with pytest.raises(UsageError, match="Nothing was imported"):
        import_feeds(desk, path)
    with pytest.raises(UsageError, match="cannot be read"):
        import_feeds(desk, desk.path / "none.opml")
    assert (desk.path / "feeds.toml").read_bytes() == before


def test_a_list_that_cannot_be_written_is_not_half_imported(desk: Workspace) -> None:
    path = put(desk, outline("x", "https://example.org/x"))
    (desk.path / "feeds.toml").write_text("broken = [", encoding="utf-8")
    with pytest.raises(ConfigError):
        import_feeds(desk, path)
    assert (desk.path / "feeds.toml").read_text(encoding="utf-8") == "broken = ["


def test_every_real_list_is_imported(desk: Workspace) -> None:
    for path in sorted(corpus_path("opml").glob("*.opml")):
        try:
            done = import_feeds(desk, path)
        except UsageError as error:
            assert "missing" in path.name, error.message
            continue
        assert done.added or done.skipped, path.name
    with sit_down(desk.path, Clock()) as fresh:
        assert len(fresh.config.feeds) > 600


@pytest.mark.parametrize(
    ("folders", "country", "themes"),
    [
        (("Recovery",), None, ("recovery",)),
        (("Sweden", "recovery"), "SE", ("recovery",)),
        (("Suicide prevention", "Europe", "Sweden"), "SE", ("suicide-self-harm",)),
        (("Myanmar (Burma)",), "MM", ()),
        (("Recovery (Sweden)",), "SE", ()),
        (("Cricket",), None, ()),
    ],
)
def test_a_folder_that_names_a_theme_becomes_it(
    desk: Workspace, folders: tuple[str, ...], country: str | None, themes: tuple[str, ...]
) -> None:
    around = "".join(f'<outline text="{name}">' for name in folders)
    path = put(desk, around, outline("x", "https://example.org/x"), "</outline>" * len(folders))
    assert [(feed.country, feed.themes) for feed in import_feeds(desk, path).added] == [(country, themes)]


def test_pages_sitemaps_and_folders_go_there_and_back(folder: Path, tmp_path: Path) -> None:
    select = Select("ul > li:not(.x)", title='a[rel="y"]', date="time")
    given_ = [
        Feed("p", "A page", "https://example.org/p", themes=("recovery",), page=True, select=select, match="/n/*"),
        Feed("s", "A sitemap", "https://example.org/s", "SE", sitemap=True),
        Feed("f", "A folder", "file:reports", folder=True),
    ]
    with sit_down(folder, Clock()) as desk:
        rewrite_feeds(folder, desk.taxonomy, lambda text, _: with_feeds(text, [declaration(one) for one in given_]))
    with sit_down(folder, Clock()) as desk:
        (tmp_path / "out.opml").write_text(export_feeds(desk), encoding="utf-8")
    other = empty_workspace(tmp_path / "other")
    with sit_down(other.folder, Clock()) as desk:
        done = import_feeds(desk, tmp_path / "out.opml")
        assert sorted(done.added, key=lambda feed: feed.slug) == sorted(given_, key=lambda feed: feed.slug)
    with sit_down(other.folder, Clock()) as desk:
        assert [feed for feed in desk.config.feeds if feed.slug == "p"] == given_[:1]


@pytest.mark.parametrize(
    "source", ["{", "[]", '{"slug":"evil"}', '{"page":true}', '{"page":true,"select":{"entry":"li["}}']
)
def test_what_another_hand_wrote_of_a_page_is_refused(desk: Workspace, source: str) -> None:
    said = source.replace('"', "&quot;")
    path = put(desk, f'<outline text="x" type="link" url="https://example.org/x" curator:source="{said}"/>')
    done = import_feeds(desk, path)
    assert (done.added, [one.reason.partition(" (")[0] for one in done.refused]) == (
        [], ["how it is read cannot be understood"],
    )  # fmt: skip


def test_the_command_prints_what_it_reads(tmp_path: Path) -> None:
    shell = empty_workspace(tmp_path / "one")
    (tmp_path / "out.opml").write_text(shell.ok("feeds", "export").out, encoding="utf-8")
    again = shell.ok("feeds", "import", tmp_path / "out.opml")
    assert again.err.endswith("0 added, 2 there already, 0 not feeds.\n")
    (tmp_path / "bad.opml").write_text('<opml><body><outline text="x" xmlUrl="|x"/></body></opml>')
    assert shell("feeds", "import", tmp_path / "bad.opml").code == 1
    assert curator("-w", tmp_path / "one", "feeds", "import", tmp_path / "none").code == 2


plain = st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), max_size=30).map(plain_line)
feeds_of_many_kinds = st.lists(
    st.builds(
        Feed,
        slug=st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True).filter(lambda slug: slug != "by-hand"),
        name=plain.filter(bool),
        url=st.from_regex(r"https://[a-z]{1,9}\.example/[a-zA-Z0-9/?&=<>\"';%-]{0,20}", fullmatch=True),
        country=st.sampled_from([None, "SE", "GB-ENG", "GB-SCT", "IT", "GE"]),
        section=st.sampled_from([None, "news", "policy"]),
        publisher=st.none() | plain.filter(bool),
        language=st.sampled_from([None, "sv", "en-GB"]),
    ),
    max_size=6,
    unique_by=(lambda feed: feed.slug, lambda feed: canonical_url(feed.url)),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(feeds_of_many_kinds)
def test_there_and_back(tmp_path_factory: pytest.TempPathFactory, given_feeds: list[Feed]) -> None:
    here, there = (tmp_path_factory.mktemp("w") / name for name in ("here", "there"))
    for folder in (here, there):
        empty_workspace(folder)
        text = (folder / "feeds.toml").read_text(encoding="utf-8")
        (folder / "feeds.toml").write_text(text.partition("[[feeds]]")[0], encoding="utf-8")
    with sit_down(here, Clock()) as source:
        rewrite_feeds(here, source.taxonomy, lambda text, _: with_feeds(text, [*map(declaration, given_feeds)]))
    with sit_down(here, Clock()) as source, sit_down(there, Clock()) as target:
        (there / "list.opml").write_text(export_feeds(source), encoding="utf-8")
        if given_feeds:
            import_feeds(target, there / "list.opml")
    with sit_down(there, Clock()) as target:
        assert sorted(map(repr, target.config.feeds)) == sorted(map(repr, given_feeds))
