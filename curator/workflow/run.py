"""run: the one line in crontab. Pulls, drafts what is due, sends what is sealed and due, and says what it held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from curator.digest.definitions import Digest
from curator.digest.schedule import drafted_from, duration, next_date, window
from curator.errors import ConfigError, CuratorError, ExitCode, MailError, SealError, TryLater, UsageError
from curator.models import Edition
from curator.workflow.drafting import candidates, draft
from curator.workflow.locks import lock
from curator.workflow.pull import Progress, pull
from curator.workflow.quiet import quiet_countries, tell_quiet
from curator.workflow.send import send, under_way
from curator.workflow.triage import bring_back
from curator.workflow.workspace import Workspace


@dataclass
class RunReport:
    """What a run did: `pulled` new documents, `drafted` editions made or refreshed, `sent` mails, `held` editions
    that were due and did not go, each with a note that says why. `code` is the worst of what happened."""

    pulled: int = 0
    drafted: int = 0
    sent: int = 0
    held: int = 0
    notes: list[str] = field(default_factory=list)
    code: ExitCode = ExitCode.DONE

    def note(self, sentence: str, code: ExitCode = ExitCode.DONE) -> None:
        self.notes.append(sentence)
        self.code = max(self.code, code)


def run(workspace: Workspace, *, dry: bool = False, on_feed: Progress | None = None) -> RunReport:
    """All that is due now. Raises TryLater when another run is going on; what fails on the way is noted and the rest
    goes on. `dry` pulls, drafts and sends nothing, and notes what it would do."""
    with lock(workspace.path, "run"):
        report = RunReport()
        if dry:
            _would_tell(workspace, report)
        else:
            _pull(workspace, report, on_feed)
            bring_back(workspace)
        for error in workspace.faulty_digests.values():
            report.note(error.message, error.exit_code)
        for digest in workspace.digests.values():
            if digest.schedule:
                _draft_due(workspace, digest, report, dry)
        for edition in reversed(workspace.library.editions.all()):
            _send_due(workspace, edition, report, dry)
        return report


def _pull(workspace: Workspace, report: RunReport, on_feed: Progress | None) -> None:
    try:
        pulled = pull(workspace, on_feed=on_feed)
    except (TryLater, UsageError) as error:
        report.note(error.message, error.exit_code)
        return
    report.pulled = pulled.new
    for failure in pulled.failures:
        report.note(f"{failure.feed}: {failure.stage}: {failure.error}", ExitCode.PARTLY)
    for sentence in tell_quiet(workspace):
        report.note(sentence)


def _would_tell(workspace: Workspace, report: RunReport) -> None:
    for one in quiet_countries(workspace):
        if to := workspace.config.mail.editor:
            report.note(f"would mail {to}: {one.sentence}")
        else:
            report.note(f"would say: {one.sentence}")


def _draft_due(workspace: Workspace, digest: Digest, report: RunReport, dry: bool) -> None:
    """Draft or refresh the edition whose day is near; nothing is numbered before there is something in it."""
    assert digest.schedule is not None
    now, zone = workspace.now(), workspace.config.network.zone
    day = next_date(digest.schedule, workspace.today() - duration(digest.schedule.late))
    while day is not None and window(digest.schedule, day, zone)[1] < now:
        day = next_date(digest.schedule, day + timedelta(days=1))
    if day is None or digest.topic or now < drafted_from(digest.schedule, day, zone):
        return
    editions = workspace.library.editions.all(digest.slug)
    if any(one.date == day and one.status != "draft" for one in editions):
        return
    waiting = any(one.status == "draft" for one in editions)
    if not waiting and not candidates(workspace, digest.slug):
        return
    if dry:
        report.note(f"would draft {digest.slug} for {day.isoformat()}")
        return
    on = day if any(one.date == day for one in editions) else None
    try:
        draft(workspace, digest.slug, on=on)
        report.drafted += 1
    except CuratorError as error:
        report.note(f"{digest.slug}: {error.message}", error.exit_code)


def _send_due(workspace: Workspace, edition: Edition, report: RunReport, dry: bool) -> None:
    """Send what is sealed and in its window, and finish what has begun whenever that was; say what is held."""
    if edition.status == "sealed" and under_way(workspace, edition):
        _send(workspace, edition, report, dry)
        return
    if edition.status == "sealed" and edition.digest in workspace.faulty_digests:
        _hold(report, f"{edition.id} is sealed; when it is due cannot be said before its digest.toml is mended.")
    digest = workspace.digests.get(edition.digest)
    if edition.status == "sent" or digest is None or digest.schedule is None:
        return
    opens_at, closes_at = window(digest.schedule, edition.date, workspace.config.network.zone)
    now = workspace.now()
    if now < opens_at:
        return
    if edition.status == "draft":
        if now <= closes_at:
            _hold(
                report,
                f"{edition.id} is due since {edition.date.isoformat()} but not sealed; nothing was sent. "
                f"`curator seal {edition.id}` approves it.",
            )
        return
    if now > closes_at:
        _hold(
            report,
            f"{edition.id} was sealed for {edition.date.isoformat()} and is more than {digest.schedule.late} "
            f"late; it was not sent. `curator send {edition.id}` sends it all the same.",
        )
        return
    _send(workspace, edition, report, dry)


def _send(workspace: Workspace, edition: Edition, report: RunReport, dry: bool) -> None:
    if dry:
        report.note(f"would send {edition.id}")
        return
    try:
        sent = send(workspace, edition.id)
    except (SealError, ConfigError, MailError, TryLater) as error:
        _hold(report, error.message, ExitCode.PARTLY if isinstance(error, SealError) else error.exit_code)
        return
    report.sent += sent.sent
    for line in sent.problems:
        report.note(f"{edition.id}: {line.address}: {line.fate}: {line.detail}")
    if sent.failed or sent.unknown:
        report.note(f"{edition.id}: {sent.failed} refused, {sent.unknown} in doubt.", ExitCode.PARTLY)
    if sent.pending:
        report.note(f"{edition.id}: {sent.pending} are to be tried again.", ExitCode.TRY_LATER)


def _hold(report: RunReport, why: str, code: ExitCode = ExitCode.DONE) -> None:
    report.held += 1
    report.note(why, code)
