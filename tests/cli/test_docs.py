"""The pages say what the program does: every command, option, exit code and field, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from curator.cli.command import Noun
from curator.cli.program import program
from curator.errors import ExitCode
from curator.query import FIELDS, HAS, parse
from curator.taxonomy import default_taxonomy_path, load_taxonomy
from tests.cli.golden import FOLDER
from tests.cli.world import ROOT, curator

CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
QUERY = (ROOT / "docs" / "query.md").read_text(encoding="utf-8")
CRON = (ROOT / "docs" / "cron.md").read_text(encoding="utf-8")
ROWS = {row.split("`")[1]: row for row in CLI.splitlines() if re.match(r"\| `[a-z]", row)}


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, Noun):
            yield f"{path}{name}", command.shown
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


COMMANDS = dict(commands(program))


def words(usage: str) -> str:
    """`feeds add URL` → `feeds add`: up to the first word that stands for something."""
    return " ".join(word for word in re.split(r"[\s]+", usage) if re.fullmatch("[a-z-]+", word))


def test_every_command_is_documented_and_every_documented_one_exists() -> None:
    assert {words(usage) for usage in ROWS} == set(COMMANDS)


@pytest.mark.parametrize("usage", ROWS)
def test_a_command_is_documented_with_all_it_takes(usage: str) -> None:
    command = COMMANDS[words(usage)]
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            assert str(parameter.make_metavar(click.Context(command))) in usage.replace("\\|", "|")
        elif "--json" not in parameter.opts:
            assert f"`{parameter.opts[0]}" in ROWS[usage], parameter.opts


def test_every_documented_option_exists() -> None:
    known = {option for command in [program, *COMMANDS.values()] for each in command.params for option in each.opts}
    known |= {"--help", "-h"}
    for page in (CLI, QUERY, CRON):
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*[a-z]", page)) <= known


def test_every_command_is_in_the_help() -> None:
    shown = curator("--help").out
    assert all(re.search(rf"^  {name} ", shown, re.M) for name in program.list_commands(click.Context(program)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_takes_json(name: str) -> None:
    result = curator(*name.split(), "--help")
    assert result.code == 0
    assert "--json" in result.out


def test_every_exit_code_is_documented_and_no_other() -> None:
    for page, codes in ((CLI, set(ExitCode)), (CRON, set(ExitCode))):
        assert {int(found) for found in re.findall(r"^\| (\d+) \|", page, re.M)} == {int(code) for code in codes}


def test_every_command_with_json_has_a_golden_file() -> None:
    golden = {path.stem for path in FOLDER.glob("*.json")}
    other = {"desk", "add", "demo", "move", "send", "feeds accept"}  # tested on their own, or under another name
    assert {name.replace(" ", "-") for name in COMMANDS} - {one.replace(" ", "-") for one in other} <= golden


def test_every_field_of_a_query_is_documented_and_no_other() -> None:
    assert re.findall(r"^\| `([a-z]+):", QUERY, re.M) == list(FIELDS)
    row = next(line for line in QUERY.splitlines() if line.startswith("| `has:"))
    assert set(re.findall(r"`([a-z]+)`", row)) == set(HAS)


def examples() -> list[str]:
    block = QUERY.split("```")[1]
    in_block = [re.split(r"\s{3,}", line)[0] for line in block.splitlines() if line]
    in_table = re.findall(r"^\| `([^`]+)`", QUERY, re.M)
    in_shell = re.findall(r"curator (?:documents|keep --query) (.+)", QUERY.split("## In a shell")[1])
    return [*in_block, *in_table, *(text.strip("'") for text in in_shell)]


@pytest.mark.parametrize("text", examples())
def test_every_example_parses(text: str) -> None:
    taxonomy = load_taxonomy(default_taxonomy_path())
    parse(text.replace("SLUG", next(iter(taxonomy.audiences))), taxonomy)


def test_the_crontab_line_runs() -> None:
    (line,) = re.findall(r"^0 \* \* \* \*  curator -w .* (run) > /dev/null$", CRON, re.M)
    assert line in COMMANDS
