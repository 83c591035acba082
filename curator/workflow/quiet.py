"""Countries that have gone quiet: every feed of a member is ill or stale, so that nothing of it can come any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from textwrap import fill

import msgspec

from curator.clean import plain_line
from curator.deliver import mailer_for
from curator.deliver.address import parse_mailbox
from curator.digest.message import build_notice
from curator.errors import CuratorError
from curator.models import Feed, Health
from curator.workflow.feeds_check import feeds_with_health
from curator.workflow.workspace import Workspace

PATIENCE = timedelta(days=3)
"""For how long a feed may fail before its country counts as quiet for it; most servers come back sooner."""


class QuietCountry(msgspec.Struct, frozen=True):
    """`sentence` says which feeds of the country are ill, and why."""

    code: str
    sentence: str

    @property
    def about(self) -> str:
        """Under what the library remembers that it was told."""
        return f"quiet {self.code}"


def quiet_countries(workspace: Workspace) -> list[QuietCountry]:
    """Each member country that has gone quiet and was not told of on this day of the network. It remembers nothing."""
    found, quiet = feeds_with_health(workspace), []
    for code in workspace.config.network.countries:
        own = [(feed, health) for feed, _, health in found if feed.country == code and not feed.retired]
        if own and all(_quiet(health, workspace.now()) for _, health in own):
            quiet.append(QuietCountry(code, _sentence(workspace.taxonomy.country_label(code), own)))
    return [one for one in quiet if not _told_today(workspace, one)]


def tell_quiet(workspace: Workspace) -> list[str]:
    """Mail the editor of `[mail]` which countries have gone quiet, each at most once a day of the network; answers
    what is to be noted instead: all of it where there is no such editor, and why where the mail did not go."""
    quiet = quiet_countries(workspace)
    with workspace.library.write():
        for one in quiet:
            workspace.library.feeds.told(one.about, workspace.now())
    sentences = [one.sentence for one in quiet]
    if not quiet or not workspace.config.mail.editor:
        return sentences
    failed = _mailed(workspace, sentences)
    return [*sentences, f"the editor could not be told of this by mail: {failed}"] if failed else []


def _mailed(workspace: Workspace, sentences: Sequence[str]) -> str:
    """Hand the mail over; answers why it did not go, '' where it went."""
    mail = workspace.config.mail
    try:
        message = _message(workspace, sentences).as_bytes()
        with mailer_for(mail, workspace.path, "notices", workspace.environ) as mailer:
            receipt = mailer.send(message, mail.sender, parse_mailbox(mail.editor)[1])
    except CuratorError as error:
        return error.message
    return "" if receipt.fate == "sent" else f"{receipt.fate}: {receipt.detail}"


def _message(workspace: Workspace, sentences: Sequence[str]) -> EmailMessage:
    mail, now = workspace.config.mail, workspace.now()
    countries = "A country has" if len(sentences) == 1 else f"{len(sentences)} countries have"
    told = "\n\n".join(fill(plain_line(one), 72, break_long_words=False, break_on_hyphens=False) for one in sentences)
    mark = sha256("\0".join((*sentences, now.isoformat())).encode()).hexdigest()[:24]
    return build_notice(
        f"{workspace.config.network.short}: {countries.lower()} gone quiet",
        f"{told}\n\n{_MEND}\n",
        sender=mail.sender,
        to=mail.editor,
        message_id=f"<quiet.{mark}@{parse_mailbox(mail.sender)[1].rpartition('@')[2]}>",
        date=now,
    )


_MEND = """\
`curator feeds list` says how all feeds are, `curator feeds check` asks them
now. `curator feeds retire SLUG` stops asking one that will not come back.
You get this mail once a day for as long as it is so."""


def _quiet(health: Health, now: datetime) -> bool:
    """Moved feeds are still read."""
    if not health.ill or health.condition == "moved":
        return False
    return health.since is None or health.condition in ("stale", "gone") or now - health.since >= PATIENCE


def _told_today(workspace: Workspace, one: QuietCountry) -> bool:
    told = workspace.library.feeds.told_at(one.about)
    return told is not None and told.astimezone(workspace.config.network.zone).date() == workspace.today()


def _sentence(country: str, own: Sequence[tuple[Feed, Health]]) -> str:
    reasons = "; ".join(f"{feed.slug} ({health.condition}): {health.reason}" for feed, health in own[:5])
    more = f"; and {len(own) - 5} more" if len(own) > 5 else ""
    whose = "its only feed is" if len(own) == 1 else f"all its {len(own)} feeds are"
    return f"{country} has gone quiet, {whose} ill: {reasons}{more}"
