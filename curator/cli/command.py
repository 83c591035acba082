"""Commands and groups that all take `--json`, and the kinds of words they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from typing import Any, TypeVar

import click

from curator.clean import plain_line
from curator.cli.session import Session
from curator.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

pass_session = click.make_pass_decorator(Session)


def _json_option() -> click.Option:
    def remember(context: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            context.ensure_object(Session).json = True

    return click.Option(
        ["--json"], is_flag=True, expose_value=False, callback=remember, help="Print one JSON value instead of text."
    )


class Command(click.Command):
    """A command with `--json`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_json_option())


class Group(click.Group):
    """A noun with verbs under it; it takes `--json` too."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"no_args_is_help": False} | kwargs)
        self.params.append(_json_option())

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, and with the nearest known command for one that is not there."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from curator.decode import did_you_mean

            hint = did_you_mean(name, self.list_commands(ctx))
            ctx.fail(f"There is no command “{name}”. {hint}".rstrip())
        return super().resolve_command(ctx, args)


class Listing(Group):
    """A noun that alone lists what there is: `feeds` is `feeds list`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"invoke_without_command": True} | kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        answer = super().invoke(ctx)
        return ctx.invoke(self.commands["list"]) if ctx.invoked_subcommand is None else answer


class Noun(Group):
    """A noun whose first word is a thing's name, unless it is one of its verbs: `edition update-3`, `edition diff A`.
    `shown` is the command that a name alone stands for."""

    def __init__(self, *args: Any, shown: click.Command, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = any(not word.startswith("-") for word in args)
        rest = super().parse_args(ctx, args)
        if not ctx.resilient_parsing and not named:
            ctx.fail("Missing argument 'ID'.")
        return rest

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.commands or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        return "ID", self.shown, args


class Sections(Group):
    """The whole program: its commands stand in the order and under the headings given, not by the alphabet. The file
    of a command loads when the command is asked for."""

    group_class = Group

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections: dict[str, list[str]] = {}
        self._places: dict[str, tuple[str, str]] = {}

    def add_section(self, heading: str, places: Sequence[str]) -> None:
        """`places` are files of this room with the name a command has there: `hand.leave_out` is `leave-out`."""
        found = {name.replace("_", "-"): (file, name) for file, name in (place.split(".") for place in places)}
        self.sections[heading] = list(found)
        self._places |= found

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self._places and cmd_name not in self.commands:
            file, name = self._places[cmd_name]
            self.add_command(getattr(import_module(f"{__package__}.{file}"), name), cmd_name)
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in self.sections.values() for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, names in self.sections.items():
            known = [(name, command) for name in names if (command := self.get_command(ctx, name))]
            with formatter.section(heading):
                formatter.write_dl([(name, command.get_short_help_str(200)) for name, command in known], col_max=12)


def day(text: str) -> date:
    """A day, written 2026-10-01. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{plain_line(text, 40)}” is no day. Write it as 2026-10-01.") from None


class QueryCommand(Command):
    """A command whose words are a query, in which `-used:update` is no option. Options with -- still are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, context_settings={"ignore_unknown_options": True}, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        for word in ctx.params.get("words", ()):
            if word.startswith("--"):
                raise click.NoSuchOption(word, ctx=ctx)
        return super().invoke(ctx)


def takes_documents(command: F) -> F:
    """`ID…` and `--query Q`, as `numbers` and `query`."""
    command = click.option("--query", metavar="Q", help="Beside the IDs, all documents of this query.")(command)
    return click.argument("numbers", metavar="[ID]...", nargs=-1, type=int)(command)
