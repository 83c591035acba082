from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import msgspec
import pytest

from curator.digest.render import render
from curator.errors import TemplateFault
from curator.models import Comparison, Filed, Rendered
from tests.digest.sample import sample
from tests.digest.summaries import written
from tests.digest.world import DIGESTS, NETWORK, SHARED, TAXONOMY, TEMPLATES, edition, filed, rendered

UPDATE = DIGESTS["update"]


def with_body(folder: Path, html: str, *, shared: dict[str, str] | None = None, text: str = "") -> Rendered:
    """The Update with another HTML body."""
    digest = folder / "update"
    digest.mkdir(exist_ok=True)
    (digest / "body.html.j2").write_text(html, encoding="utf-8")
    (digest / "body.txt.j2").write_text(text, encoding="utf-8")
    shutil.copytree(SHARED, folder / "_shared", dirs_exist_ok=True)
    for name, source in (shared or {}).items():
        (folder / "_shared" / name).write_text(source, encoding="utf-8")
    documents = [filed(1, countries=("SE",))]
    return render(edition(UPDATE, documents), {1: documents[0]}, UPDATE, NETWORK, TAXONOMY, folder)


def fault(folder: Path, html: str, shared: dict[str, str] | None = None) -> str:
    with pytest.raises(TemplateFault) as caught:
        with_body(folder, html, shared=shared)
    return caught.value.message


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("one\n{{ editoin.number }}", "update/body.html.j2:2: “editoin” is not known. Did you mean “edition”?"),
        ("{{ edition.nubmer }}", "update/body.html.j2:1: edition has no “nubmer”. Did you mean “number”?"),
        ("{{ edition.sections[99].label }}", "update/body.html.j2:1: a list has no “99”"),
        ("\n\n{{ topic.label }}", "update/body.html.j2:3: there is nothing to take “label” from;"),
        ("a\n{% for x in edition.sections %}", "update/body.html.j2:2: Unexpected end of template."),
        ("{{ edition.number | nosuch }}", "update/body.html.j2:1: No filter named 'nosuch'."),
        ("{{ edition.number | safe }}", "update/body.html.j2:1: No filter named 'safe'."),
        ("\n{{ 1 / 0 }}", "update/body.html.j2:2: division by zero (ZeroDivisionError)"),
        ("\n{% include 'nosuch.j2' %}", "update/body.html.j2:2: there is no template “nosuch.j2”"),
        ("{% include '../update/digest.toml' %}", "update/body.html.j2:1: there is no template “../update/"),
        ("{{ ''.__class__ }}", "update/body.html.j2:1: access to attribute '__class__' of 'str' object is unsafe."),
        ("{{ '%0900000000d' % 1 }}", "update/body.html.j2:1: formats a text into more than 999 columns,"),
        ("{{ '%*d' % (900000000, 1) }}", "update/body.html.j2:1: formats a text into more than 999 columns,"),
        ("{{ edition.date | long_date(3) }}", "update/body.html.j2:1: "),
    ],
)
def test_a_fault_names_template_line_and_mend(tmp_path: Path, body: str, said: str) -> None:
    assert fault(tmp_path, body).startswith(said)


def test_a_template_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    with_body(tmp_path, "{% include 'mine.j2' %}", shared={"mine.j2": "fine"})
    (tmp_path / "_shared" / "mine.j2").write_bytes(b"one\ncaf\xe9\n")
    with pytest.raises(TemplateFault) as caught:
        with_body(tmp_path, "{% include 'mine.j2' %}")
    assert caught.value.message == "_shared/mine.j2:2: is not UTF-8 (byte 0xe9); save the file as UTF-8"


def test_a_template_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permissions do not stop root, so the refusal is made here."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("jinja2.loaders.open", refused, raising=False)
    assert fault(tmp_path, "x").endswith("cannot be read (Permission denied)")


def test_a_fault_in_a_shared_template_names_that_one(tmp_path: Path) -> None:
    body = "{% import 'mine.html.j2' as mine %}\n{{ mine.show() }}"
    shared = {"mine.html.j2": "{% macro show() %}\n\n{{ nosuch }}\n{% endmacro %}"}
    assert fault(tmp_path, body, shared=shared) == "_shared/mine.html.j2:3: “nosuch” is not known"
    shared = {"mine.html.j2": "\n{% macro show( %}"}
    assert fault(tmp_path, body, shared=shared).startswith("_shared/mine.html.j2:2: ")


def test_a_missing_body_is_a_fault(tmp_path: Path) -> None:
    shutil.copytree(SHARED, tmp_path / "_shared")
    (tmp_path / "update").mkdir()
    with pytest.raises(TemplateFault, match=r"update/body\.html\.j2: there is no template"):
        render(edition(UPDATE), {}, UPDATE, NETWORK, TAXONOMY, tmp_path)


def test_a_fault_in_the_subject_names_the_manifest() -> None:
    wrong = msgspec.structs.replace(UPDATE, subject="{{ nosuch }}")
    with pytest.raises(TemplateFault, match=r"update/digest\.toml, subject: “nosuch” is not known"):
        rendered(wrong, edition(UPDATE), [])
    wrong = msgspec.structs.replace(UPDATE, preheader="{{ edition.")
    with pytest.raises(TemplateFault, match=r"update/digest\.toml, preheader: "):
        rendered(wrong, edition(UPDATE), [])


@pytest.mark.parametrize(
    "body",
    [
        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
        "{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}",
        "{% macro f(n) %}{% if n %}{% set a = f(n - 1) %}{% set b = f(n - 1) %}{% endif %}{% endmacro %}{{ f(40) }}",
        "{% for x in [[]] recursive %}{{ loop([[]]) }}{{ loop([[]]) }}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{{ 'x' * 10 ** 9 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ range(10 ** 9) | length }}",
        "{% for i in range(9000) %}{{ 'x' * 900 }}{% endfor %}",
        "{{ 'x' | center(10 ** 9) }}",
        "{{ 'x'.center(10 ** 9) }}",
        "{{ 'x'.ljust(10 ** 9) }}",
        "{{ 'x'.rjust(width=10 ** 9) if 0 else 'x'.zfill(10 ** 9) }}",
        "{{ ['x'] | map('center', 10 ** 9) | list }}",
        "{{ ('\\t' * 9999).expandtabs(10 ** 6) }}",
        "{{ ('x' * 9999) | replace('x', 'y' * 9999) }}",
        "{{ ('x' * 9999).replace('x', 'y' * 9999) }}",
        "{{ ('x' * 9999).translate({120: 'y' * 9999}) }}",
        "{{ ('x' * 9999).join(['a'] * 9999) }}",
        "{{ (['a'] * 9999) | join('x' * 9999) }}",
        "{{ (['x' * 9999] * 9999) | join }}",
        "{{ range(9999) | map('string') | join('x' * 9999) }}",
        "{{ ('\\n' * 9999) | indent(10 ** 6) }}",
        "{{ ('\\n' * 9999) | wrap(72, 10 ** 6) }}",
        "{{ 'x x' | wrap(72, 0, '> ' * 400000) }}",
        "{{ ('x ' * 9999) | wordwrap(1, True, 'y' * 9999) }}",
        "{{ [1] | batch(10 ** 9, 0) | list }}",
        "{{ [1] | slice(10 ** 9) | list }}",
        "{{ ([['x'] * 9999] * 9999) | sum(start=[]) | length }}",
        "{{ [[[1]]] | tojson(10 ** 9) }}",
        "{{ 1.5 | round(10 ** 9, 'ceil') }}",
        "{{ '%0900000000d' | format(1) }}",
        "{{ '{:>900000000}'.format(1) }}",
        "{{ '{:>{}}'.format(1, 900000000) }}",
        "{{ edition.date.strftime('%900000000Y') }}",
        "{% set n = namespace(x=9) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}{{ n.x }}",
        "{% set x = [1] %}{% for i in range(99) %}{% set _ = x.extend(x) %}{% endfor %}",
        "{% for i in [1] %}{{ 'x'.center(10 ** 9) }}{% endfor %}",
        "{{ ('x' * 9999) | replace(old='x', new='y' * 9999, count=9999) }}",
        "{{ [edition] * 9 | sum(attribute='id', start='') }}",
    ],
)
def test_a_template_that_never_ends_or_swells_ends_in_a_fault(tmp_path: Path, body: str) -> None:
    assert "update/body.html.j2" in fault(tmp_path, body)


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ '' | attr('__class__') }}",
        "{{ edition.__init__.__globals__ }}",
        "{{ words.__init__.__globals__ }}",
        "{{ words._said }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ '{0.__class__}'.format(edition) }}",
        "{{ '{0.__init__.__globals__}'.format(words) }}",
        "{{ self.__init__ }}",
        "{{ edition.date.__reduce__() }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}{{ os.system('true') }}",
        "{{ lipsum.__globals__ }}",
    ],
)
def test_no_template_reaches_python(tmp_path: Path, body: str) -> None:
    assert "update/body.html.j2" in fault(tmp_path, body)


def test_what_a_mail_needs_is_not_too_much(tmp_path: Path) -> None:
    body = (
        "|{{ 'x' | center(9) }}|{{ 'a b' | replace(' ', '-') }}|{{ ['a', 'b'] | join(', ') }}|{{ '%03d' | format(7) }}|"
        "{{ '{:>3}'.format(1) }}|{{ 'a\nb' | indent(2) }}|{{ edition.date.strftime('%Y') }}|{{ 2.5 | round(1) }}|"
        "{{ ['a'] | tojson(2) }}|{{ 'x'.ljust(3) }}|{{ '%d%%' % 40 }}|{{ [3, 4] | sum }}|"
        "{{ [1, 2, 3] | batch(2) | list }}"
    )
    html = unescape(with_body(tmp_path, body).html)
    for said in ("    x    ", "a-b", "a, b", "007", "  1", "a\n  b", "2026", "2.5", "x  ", "40%", "7", "[[1, 2], [3]]"):
        assert said in html, said


def test_loops_still_know_their_length(tmp_path: Path) -> None:
    body = "{% for x in [1, 2] %}{{ loop.index }}/{{ loop.length }}{{ '' if loop.last else ', ' }}{% endfor %}"
    assert "1/2, 2/2" in with_body(tmp_path, body).html


def test_a_subject_is_one_line_and_follows_the_template() -> None:
    wrong = msgspec.structs.replace(UPDATE, subject="Crisis\r\nBcc: a@example.org\x07 {{ edition.number }}")
    assert (
        rendered(wrong, edition(UPDATE, subject="Of an earlier draft"), []).subject == "Crisis Bcc: a@example.org 232"
    )


def test_a_gap_says_a_countrys_name_as_words() -> None:
    sweden = msgspec.structs.replace(TAXONOMY.countries["SE"], label="<b>Sweden</b> & more")
    taxonomy = msgspec.structs.replace(TAXONOMY, countries={**TAXONOMY.countries, "SE": sweden})
    mail = render(edition(DIGESTS["make-it-so"]), {}, DIGESTS["make-it-so"], NETWORK, taxonomy, TEMPLATES)
    assert "<b>Sweden" not in mail.html
    assert "&lt;b&gt;Sweden&lt;/b&gt; &amp; more on this topic" in mail.html
    assert "<b>Sweden</b> & more" in " ".join(mail.text.split())


def contents_of(slug: str, *documents: Filed) -> list[tuple[str, str]]:
    """Anchor and words of each stop in the line of contents; every anchor is in the mail, once."""
    html = rendered(DIGESTS[slug], edition(DIGESTS[slug], documents), documents).html
    line = html.partition('class="toc"')[2].partition("</table>")[0]
    found = re.findall(r'<a href="#([^"]*)"[^>]*>([^<]*)</a>&nbsp;\(\d+\)', line)
    assert all(html.count(f' id="{anchor}"') == 1 for anchor, _ in found)
    return found


def test_the_contents_name_sections_and_of_a_single_one_its_groups() -> None:
    three = [filed(number, countries=(code,)) for number, code in enumerate(("SE", "GB-SCT", "NZ"))]
    international = filed(4, countries=())
    news = filed(5, countries=("SE",), section="news")
    assert contents_of("update", *three, news) == [("news", "News"), ("policy", "Policy documents")]
    assert contents_of("update", *three, international) == [
        ("policy-nz", "New Zealand"),
        ("policy-gb-sct", "Scotland"),
        ("policy-se", "Sweden"),
        ("policy-international", "International"),
    ]
    assert contents_of("update", *three[:2]) == [], "two headings are seen at once"
    assert contents_of("network-notices", *three) == []


def test_a_briefing_leads_from_its_glance_to_what_it_says_of_a_country() -> None:
    topic = ("crisis-care",)
    documents = [
        filed(1, countries=("SE", "IE"), themes=topic),
        filed(2, countries=(), publisher="who", themes=topic),
    ]
    given = edition(DIGESTS["make-it-so"], documents, comparisons=[Comparison("NL", law="None.")])
    html = rendered(DIGESTS["make-it-so"], given, documents, written()).html
    assert re.search(r' · <a href="#actions"[^>]*>Actions required</a></p>', html) and html.count(' id="actions"') == 1
    led = re.findall(r'<li[^>]*><a href="#countries-([a-z-]*)"', html)
    assert led == ["ie", "nl", "se"], "what it has, is said, or stands under another country"
    assert all(html.count(f' id="countries-{code}"') == 1 for code in led)


def test_the_same_values_give_the_same_bytes() -> None:
    documents = sample()
    given = edition(UPDATE, documents)
    assert rendered(UPDATE, given, documents) == rendered(UPDATE, given, documents[::-1])


def test_a_digest_of_its_own_inherits_the_shared_folder(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES / "update", tmp_path / "update")
    found = render(edition(UPDATE), {}, UPDATE, NETWORK, TAXONOMY, tmp_path, shared_dir=SHARED)
    assert "IIMHL Update 232" in found.html


def test_a_digests_own_stylesheet_wins(tmp_path: Path) -> None:
    (tmp_path / "update").mkdir()
    (tmp_path / "update" / "mail.css").write_text("p { color: #123456 }", encoding="utf-8")
    assert '<p style="color:#123456">' in with_body(tmp_path, "<p>x</p>").html


def test_an_update_of_sixty_documents_stays_small() -> None:
    blurb = "Thirty-four actions for the next three years, with a named owner and a budget line for each. " * 3
    documents = [
        filed(number, f"National strategy for mental health, number {number}: delivery plan 2026–2029", blurb=blurb,
              countries=("SE", "AU"), link=f"https://www.example.org/publications/2026/11/plan-{number}/" + "x" * 60)
        for number in range(60)
    ]  # fmt: skip
    assert len(rendered(UPDATE, edition(UPDATE, documents), documents).html.encode()) < 90_000


def test_naming_the_renderer_loads_neither_jinja_nor_the_inliner() -> None:
    code = (
        "import sys, curator.digest.render, curator.digest.check, curator.digest.edition, curator.digest.message;"
        "print({'jinja2', 'css_inline', 'markdown_it'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
