"""send: hand a sealed edition to each person of its mailing list, once.

    sealed ─does the seal hold?→ ledger opened ─claim→ mailer ─settle→ … ─nobody pending→ sent

The claim is on the disk before the mailer acts, its outcome after. What a killed process left `sending` is asked of
the mailer; where the mailer cannot know (SMTP), the mail's fate is `unknown` until an editor says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable
from time import monotonic
from typing import Literal

import msgspec
from msgspec.structs import replace

from curator.clean import plain_line
from curator.deliver import Mailer, mailer_for
from curator.deliver.address import parse_address, parse_mailbox
from curator.deliver.ledger import message_id, settled
from curator.errors import MailError, SealError, TryLater, UsageError
from curator.library.deliveries import erased, is_erased
from curator.models import DOUBTFUL, Delivery, Edition, Fate, Rendered, SendReport, mailbox_of
from curator.workflow.holding import begun, broken, damaged
from curator.workflow.locks import lock
from curator.workflow.looking import message_for
from curator.workflow.workspace import Workspace


class Mailed(msgspec.Struct, frozen=True):
    """How far a send is: of `of` people `done` have been seen to after `seconds`. `done` is more than `sent` and
    `failed` where a mail's fate is not known, or a server put one off."""

    of: int
    done: int = 0
    sent: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def left(self) -> int:
        return self.of - self.done

    @property
    def rate(self) -> float:
        """People a second, refused ones among them; 0 as long as nothing can be said."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    def after(self, fate: Fate, seconds: float) -> Mailed:
        return Mailed(self.of, self.done + 1, self.sent + (fate == "sent"), self.failed + (fate == "failed"), seconds)


OnMail = Callable[[Mailed], object]
"""Told after each mail."""
GoOn = Callable[[], bool]
"""Asked before each mail; False pauses the send, and the next one goes on from there."""


def recipients(workspace: Workspace, edition: Edition) -> tuple[str, int]:
    """The mailing list an edition goes to, and how many are on it; once sealed, as it was approved."""
    if frozen := workspace.library.editions.frozen(edition.id):
        return frozen[0].mailing_list, len(frozen[1])
    name = workspace.digest(edition.digest).mailing_list
    return name, len(workspace.library.people.addresses(name))


def send(
    workspace: Workspace,
    name: str,
    *,
    only: str | None = None,
    on_mail: OnMail | None = None,
    go_on: GoOn | None = None,
) -> SendReport:
    """Mail an edition to those of its list who have no mail of it yet; with `only`, to that one of them.

    Once `go_on` says no, those who wait are `pending` in the report and mailed by the next send.

    Refused recipients are lines in the report. Raises SealError when it is not sealed or the seal no longer holds,
    UsageError when `only` is not on the list, TryLater when another send runs or the mail server cannot be reached.
    """
    with lock(workspace.path, "send"):
        edition = workspace.library.editions.get(name)
        if edition.status == "sent":
            return report(workspace.library.deliveries.of(name), 0)
        sending = _approved(workspace, edition)
        chosen = _only(sending.addresses, only)
        with mailer_for(workspace.config.mail, workspace.path, name, workspace.environ) as mailer:
            return _send(sending, mailer, chosen, on_mail, go_on)


def dry_run(workspace: Workspace, name: str, *, only: str | None = None) -> SendReport:
    """What `send` would do now: `pending` counts those it would mail. Raises as `send` does, but touches nothing."""
    edition = workspace.library.editions.get(name)
    lines = workspace.library.deliveries.of(name)
    if edition.status == "sent":
        return report(lines, 0)
    sending = _approved(workspace, edition)
    have = {line.address for line in lines if line.fate != "pending"}
    chosen = _only(sending.addresses, only)
    return replace(report(lines, 0), pending=sum(1 for one in chosen if not {one, erased(one)} & have))


def answer_unknown(workspace: Workspace, name: str, answer: Literal["sent", "again"]) -> int:
    """An editor's word on the mails whose fate a crash left unknown: they arrived, or they are to be sent again."""
    with lock(workspace.path, "send"):
        ledger = workspace.library.deliveries
        doubtful = [line for line in ledger.of(name) if line.fate in ("unknown", "sending")]
        for line in doubtful:
            again: Fate = "withdrawn" if is_erased(line.address) else "pending"
            fate = "sent" if answer == "sent" else again
            ledger.settle(name, line.address, fate, workspace.now(), f"said by {workspace.editor}")
        _finish(workspace, workspace.library.editions.get(name))
        return len(doubtful)


def report(lines: Iterable[Delivery], sent_now: int) -> SendReport:
    """Where an edition's mails stand; `sent` are those of this run, `already` those of earlier ones."""
    lines = list(lines)
    fates = Counter(line.fate for line in lines)
    return SendReport(
        sent=sent_now,
        failed=fates["failed"],
        already=fates["sent"] - sent_now,
        pending=fates["pending"],
        unknown=fates["unknown"] + fates["sending"],
        problems=tuple(line for line in lines if line.fate in DOUBTFUL or (line.fate == "pending" and line.detail)),
    )


class _Sending(msgspec.Struct, frozen=True):
    """An approved edition on its way: what the seal stands for, and to whom."""

    workspace: Workspace
    edition: Edition
    rendered: Rendered
    addresses: tuple[str, ...]

    @property
    def seal(self) -> str:
        assert self.edition.seal is not None
        return self.edition.seal.hash

    @property
    def sender(self) -> str:
        return parse_mailbox(self.rendered.headers["From"])[1]

    def message_id(self, address: str) -> str:
        return message_id(self.edition.id, self.seal, address, self.sender.partition("@")[2])


def _approved(workspace: Workspace, edition: Edition) -> _Sending:
    """The sealed edition, if its seal holds. Once mails of this seal have gone, the rest get the same bytes."""
    if edition.seal is None:
        raise SealError(f"{edition.id} is not sealed, so nothing was sent. `curator seal {edition.id}` approves it.")
    frozen = workspace.library.editions.frozen(edition.id)
    if why := (damaged if begun(workspace, edition) else broken)(workspace, edition):
        raise SealError(
            f"The seal of {edition.id} is broken: {why}. Nothing was sent. "
            f"Look at it, then `curator unseal {edition.id}` and `curator seal {edition.id}`."
        )
    assert frozen is not None
    return _Sending(workspace, edition, *frozen)


def under_way(workspace: Workspace, edition: Edition) -> bool:
    """Whether a send to the whole list has begun, not one to try it on somebody (`only`)."""
    frozen = workspace.library.editions.frozen(edition.id)
    if frozen is None or not begun(workspace, edition):
        return False
    return _everybody(frozen[1], {line.address for line in workspace.library.deliveries.of(edition.id)})


def _only(addresses: tuple[str, ...], only: str | None) -> tuple[str, ...]:
    if only is None:
        return addresses
    wanted = parse_address(only)
    found = tuple(one for one in addresses if mailbox_of(one) == mailbox_of(wanted))
    if not found:
        raise UsageError(f"{wanted} is not on the list this edition was sealed for; nobody was mailed.")
    return found


def _send(
    sending: _Sending, mailer: Mailer, chosen: tuple[str, ...], on_mail: OnMail | None, go_on: GoOn | None
) -> SendReport:
    workspace, name = sending.workspace, sending.edition.id
    ledger = workspace.library.deliveries
    _resolve_doubts(sending, mailer)
    ledger.open(name, chosen, workspace.now())
    _withdraw(sending)
    base = message_for(workspace, sending.edition, sending.rendered, workspace.now())
    wanted = {mailbox_of(address) for address in chosen}
    pending = [one.address for one in ledger.of(name) if one.fate == "pending" and mailbox_of(one.address) in wanted]
    done, begun_at = Mailed(len(pending)), monotonic()
    for address in pending:
        if go_on and not go_on():
            break
        done = done.after(_one(sending, mailer, base, address), monotonic() - begun_at)
        if on_mail:
            on_mail(done)
    _finish(workspace, sending.edition)
    return report(ledger.of(name), done.sent)


def _one(sending: _Sending, mailer: Mailer, base: bytes, address: str) -> Fate:
    """One person's mail, and how it fared."""
    from curator.digest.message import personal

    ledger, name, now = sending.workspace.library.deliveries, sending.edition.id, sending.workspace.now
    try:
        message = personal(base, to=address, message_id=sending.message_id(address))
    except UsageError as error:
        ledger.settle(name, address, "failed", now(), plain_line(error.message, 200))
        return "failed"
    return _hand_over(sending, mailer, address, message) if ledger.claim(name, address, now()) else "pending"


def _withdraw(sending: _Sending) -> None:
    """Who left the list, or was on it under an earlier seal only, waits for no mail any more."""
    workspace, name = sending.workspace, sending.edition.id
    subscribed = workspace.library.people.addresses(sending.rendered.mailing_list)
    welcome = {mailbox_of(one) for one in subscribed} & {mailbox_of(one) for one in sending.addresses}
    for line in workspace.library.deliveries.of(name):
        if line.fate == "pending" and mailbox_of(line.address) not in welcome:
            workspace.library.deliveries.settle(name, line.address, "withdrawn", workspace.now(), "left the list")


def _hand_over(sending: _Sending, mailer: Mailer, address: str, message: bytes) -> Fate:
    """One mail, claimed before; its line is settled whatever the mailer answers."""
    ledger, now = sending.workspace.library.deliveries, sending.workspace.now
    try:
        receipt = mailer.send(message, sending.sender, address)
    except (TryLater, MailError) as error:  # raised only while no byte of it has left
        ledger.settle(sending.edition.id, address, "pending", now(), plain_line(error.message, 200))
        raise
    ledger.settle(sending.edition.id, address, receipt.fate, now(), receipt.detail)
    return receipt.fate


def _resolve_doubts(sending: _Sending, mailer: Mailer) -> None:
    """Lines left `sending` by a process that died: ask the mailer, which may know."""
    ledger, name = sending.workspace.library.deliveries, sending.edition.id
    for line in ledger.of(name):
        if line.fate == "sending":
            known = None if is_erased(line.address) else mailer.fate(sending.message_id(line.address))
            fate = settled(known)
            ledger.settle(name, line.address, fate, sending.workspace.now(), "found after an interrupted send")


def _finish(workspace: Workspace, edition: Edition) -> None:
    """The edition is sent once everybody it was sealed for has a line and nobody's is pending."""
    frozen = workspace.library.editions.frozen(edition.id)
    if frozen is None or edition.seal is None or edition.status != "sealed":
        return
    lines = {line.address: line.fate for line in workspace.library.deliveries.of(edition.id)}
    waiting = sum(1 for fate in lines.values() if fate in ("pending", "sending", "unknown"))
    if not waiting and _everybody(frozen[1], lines):
        workspace.library.editions.put(replace(edition, status="sent", sent_at=workspace.now()))


def _everybody(addresses: Iterable[str], lines: Container[str]) -> bool:
    return all(address in lines or erased(address) in lines for address in addresses)
