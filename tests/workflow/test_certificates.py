"""What was checked of a mail is kept at its seal, and goes with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from curator.digest.certificate import rendering_hash
from curator.errors import SealError
from curator.workflow import edition as editions
from curator.workflow.certificates import certificate
from curator.workflow.packaged import packaged_templates
from curator.workflow.workspace import Workspace
from tests.workflow.world import Clock, drafted, sealed


def own_templates(folder: Path) -> Path:
    return Path(shutil.copytree(packaged_templates(), folder / "templates"))


def test_a_seal_keeps_the_certificate_of_what_it_approves(desk: Workspace, clock: Clock) -> None:
    name = drafted(desk).id
    assert desk.library.certificates.of(name) is None
    before = certificate(desk, name)
    sealed_at = clock.at
    editions.seal(desk, name)
    kept = desk.library.certificates.of(name)
    assert kept is not None
    assert (kept.hash, kept.at, kept.rulings) == (before.hash, sealed_at, before.rulings)
    assert kept.hash == rendering_hash(editions.render(desk, desk.library.editions.get(name)))
    assert certificate(desk, name) == kept


def test_it_goes_when_the_seal_is_taken_back(desk: Workspace) -> None:
    name = sealed(desk).id
    editions.unseal(desk, name)
    assert desk.library.certificates.of(name) is None
    editions.seal(desk, name)
    assert desk.library.certificates.of(name) is not None


def test_a_template_that_breaks_a_rule_cannot_be_sealed(desk: Workspace, folder: Path) -> None:
    name = drafted(desk).id
    body = own_templates(folder) / "update" / "body.html.j2"
    body.write_text(
        body.read_text(encoding="utf-8").replace("<h1>", "<h4>").replace("</h1>", "</h4>"), encoding="utf-8"
    )
    with pytest.raises(SealError, match=r"There are 0 headings of the first level, <h1>; write one\."):
        editions.seal(desk, name)
    assert [each.rule for each in certificate(desk, name).broken] == ["headings"]
