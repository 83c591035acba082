"""deliveries and lists, as an editor reads them."""

from __future__ import annotations

from tests.cli.world import Shell


def sent(shell: Shell) -> Shell:
    shell.ok("keep", "1")
    shell.ok("draft", "update")
    shell.ok("introduce", "update-1", "--text", "Good morning.")
    shell.ok("seal", "update-1")
    shell.ok("send", "update-1", "--only", "bo@example.org")
    return shell


def test_every_mail_is_listed_with_what_became_of_it(shell: Shell) -> None:
    sent(shell)
    (line,) = shell.ok("deliveries", "update-1").out.splitlines()
    assert line.split()[:2] == ["bo@example.org", "sent"]
    shell.ok("subscribers", "erase", "bo@example.org")
    (erased,) = shell.ok("deliveries", "update-1", "--json").json
    assert (erased["address"], erased["fate"], erased["mend"]) == (None, "sent", None)
    assert shell.ok("deliveries", "update-1").out.startswith("(forgotten)")


def test_no_mail_yet_and_no_edition_are_told(shell: Shell) -> None:
    shell.ok("keep", "1")
    shell.ok("draft", "update")
    assert shell.ok("deliveries", "update-1").err == "No mail of update-1 went out yet.\n"
    assert shell("deliveries", "update-9").code == 2


def test_a_list_knows_how_large_it_was_at_each_edition(shell: Shell) -> None:
    sent(shell)
    shell.ok("subscribers", "add", "cy@example.org", "--list", "members")
    members = next(one for one in shell.ok("lists", "--json").json if one["name"] == "members")
    assert members["subscribers"] == 3
    assert members["editions"] == [{"edition": "update-1", "date": "2026-10-01", "subscribers": 2}]
