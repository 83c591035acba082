"""Everything the desk does, the command line does: each command's twin, checked to exist with its options."""

from __future__ import annotations

import click
import pytest

from curator.cli.program import program
from curator.desk.commands import COMMANDS, Command

TWINS = {
    "triage.keep": "keep --query",
    "triage.drop": "drop --query",
    "triage.later": "later --until",
    "triage.reopen": "reopen --query",
    "triage.accept": "accept --query",
    "triage.undo": "undo",
    "triage.redo": "redo",
    "triage.select-all": "drop --query",
    "triage.tag-theme": "tag --theme --no-theme",
    "triage.tag-country": "tag --country --no-country",
    "triage.tag-audience": "tag --audience --no-audience",
    "triage.file": "tag --section",
    "triage.dates": "tag --starts --ends --deadline",
    "triage.blurb": "tag --blurb",
    "triage.blurb-outside": "tag --blurb",
    "triage.browse": "cite --form",
    "triage.copy": "cite --form",
    "triage.join": "join",
    "triage.refuse": "proposals refuse",
    "triage.split": "split",
    "triage.lead": "lead",
    "triage.search": "documents",
    "triage.read": "show",
    "triage.show-the-inbox": "documents",
    "triage.show-later": "documents",
    "triage.show-kept": "documents",
    "triage.show-dropped": "documents",
    "triage.show-all": "documents",
    "triage.country": "documents",
    "triage.pull": "pull",
    "triage.editions": "editions",
    "editions.open": "edition",
    "editions.draft": "draft --topic",
    "edition.move-down": "move",
    "edition.move-up": "move",
    "edition.place": "move --section --group",
    "edition.leave-out": "leave-out",
    "edition.blurb": "tag --blurb",
    "edition.carry": "carry",
    "edition.pin": "pin --off",
    "edition.blurb-here": "word --blurb",
    "edition.title-here": "word --title",
    "edition.pause": "send",
    "edition.introduce": "introduce --text",
    "edition.key-messages": "introduce --key-messages",
    "edition.compare": "compare --law --policy --practice --data",
    "edition.refresh-draft": "draft",
    "edition.browse": "preview --out",
    "edition.export": "export --form",
    "edition.findings": "check",
    "edition.seal": "seal",
    "edition.unseal": "unseal",
    "edition.send": "send",
    "edition.undo": "undo",
    "edition.redo": "redo",
    "triage.coverage": "report coverage",
    "triage.feeds": "feeds list",
    "triage.people": "lists",
    "feeds.pull-one": "pull",
    "feeds.pull": "pull",
    "feeds.add": "feeds add --page",
    "feeds.remove": "feeds remove",
    "feeds.retire": "feeds retire",
    "feeds.revive": "feeds revive",
    "feeds.accept": "feeds accept",
    "feeds.undo": "feeds undo",
    "feeds.import": "feeds import",
    "feeds.export": "feeds export",
    "feeds.browse": "feeds list",
    "people.open": "deliveries",
    "roster.search": "subscribers export",
    "coverage.open": "documents",
    "coverage.write": "report coverage --svg --png",
    "coverage.a-year-back": "report coverage --since --until",
    "coverage.a-year-on": "report coverage --since --until",
    "triage.first-saved-search": "searches list",
    "triage.second-saved-search": "searches list",
    "triage.third-saved-search": "searches list",
    "triage.fourth-saved-search": "searches list",
    "triage.save-search": "searches save",
    "triage.theme": "documents",
    "triage.feed": "documents",
    "triage.journal": "journal",
    "journal.open": "show",
    "journal.undo": "undo",
    "journal.redo": "redo",
    "everywhere.help": "",
    "everywhere.command-palette": "",
}
"""The words after `curator` and the options that say what the command says; '' is `curator --help`."""

ONLY_SEEN = {
    *("triage.select", "triage.select-range", "triage.next-match", "triage.previous-match", "triage.back"),
    *("triage.reader-down", "triage.reader-up", "triage.sidebar", "editions.back"),
    *("edition.fold", "edition.fold-all", "edition.read", "edition.preview-down", "edition.preview-up", "edition.back"),
    *(
        "feeds.back",
        "people.back",
        "roster.back",
        "coverage.back",
        "coverage.country-to-the-left",
        "coverage.country-to-the-right",
    ),
    *("triage.criteria", "journal.back"),
    *("everywhere.shade", "everywhere.redraw", "everywhere.mouse", "everywhere.shell", "everywhere.leave"),
}
"""What only moves, folds, scrolls or colours: there is nothing of it outside the screen."""


def named(words: str) -> tuple[click.Command, list[str]]:
    """The command of the program that `words` name, and the options among them."""
    command: click.Command = program
    parts = words.split()
    for name in (one for one in parts if not one.startswith("--")):
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found, words
        command = found
    return command, [one for one in parts if one.startswith("--")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.id)
def test_a_command_has_a_twin_or_is_only_seen(command: Command) -> None:
    assert (command.id in TWINS) != (command.id in ONLY_SEEN), f"{command.id} needs its words in TWINS or ONLY_SEEN"


@pytest.mark.parametrize("words", sorted(set(TWINS.values())))
def test_the_twin_exists_with_its_options_and_speaks_json(words: str) -> None:
    command, options = named(words)
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(options) <= known
    assert command is program or "--json" in known


def test_no_twin_is_left_of_a_command_that_is_gone() -> None:
    assert {*TWINS, *ONLY_SEEN} <= {one.id for one in COMMANDS}
