"""Each rule on a few words: what it marks, what it proposes, and what it leaves alone."""

from __future__ import annotations

import pytest

from curator.lint.codes import CODES
from tests.lint.world import found, lint, passage, said

Said = tuple[str, str, str | None]

MARKED: list[tuple[str, Said]] = [
    # counts
    ("It covers the following five countries: Australia, Canada, England and Ireland.", ("count", "five", "four")),
    ("Three documents were sent:\n- One of them\n- The other\n\nMore next time.", ("count", "Three", "Two")),
    ("We name 4 bodies: the first; the second; and a third.", ("count", "4", "3")),
    ("Two reports stand out: one from Canada, one from Ireland and one from Wales.", ("count", "Two", "Three")),
    ("Seven of the nine members answered: Canada, Ireland, Sweden and Wales.", ("count", "Seven", "Four")),
    ("Five trusts took part (Leeds, York, Hull and Durham).", ("count", "Five", "Four")),
    ("Five trusts – Leeds, York, Hull and the Isle of Wight – took part.", ("count", "Five", "Four")),
    ("Three of them matter: a register, a helpline, a budget and a law.", ("count", "Three", "Four")),
    ("Both countries, Sweden, Norway and Finland, have signed.", ("count", "Both", None)),
    ("A series of six guides follows.\n\n- One\n- Two\n- Three\n", ("count", "six", None)),
    # names and members
    ("A new law in Swedden was passed.", ("name", "Swedden", "Sweden")),
    ("News from New Zeland.", ("name", "Zeland", "Zealand")),
    ("News from Newzealand.", ("name", "Newzealand", "New Zealand")),
    ("The World Health Organisation says so.", ("name", "Organisation", "Organization")),
    ("It is about scotland.", ("name", "scotland", "Scotland")),
    (
        "The Organisation for Economic Development (OECD) found it.",
        (
            "name",
            "Organisation for Economic Development",
            "Organisation for Economic Co-operation and Development",
        ),
    ),
    ("Peace in Bosnia, and Herzegovina.", ("name", "Bosnia, and Herzegovina", "Bosnia and Herzegovina")),
    ("The Scottish Executive published it.", ("old-name", "Scottish Executive", "Scottish Government")),
    ("All eight member countries agree.", ("members", "eight", "nine")),
    (
        "Member countries: Australia, Canada, England, Ireland, Netherlands, New Zealand, Scotland and USA.",
        ("members", "Australia, Canada, England, Ireland, Netherlands, New Zealand, Scotland and USA", None),
    ),
    # days and times
    ("Join us on Monday 2 December 2026.", ("weekday", "Monday", "Wednesday")),
    ("Join us on Mon, 2 December.", ("weekday", "Mon", "Wed")),
    ("By December 31, 2026 or Tuesday, March 3, 2027.", ("weekday", "Tuesday", "Wednesday")),
    ("On December 3, 2026 (Friday) it begins.", ("weekday", "Friday", "Thursday")),
    ("It is on 3 December 2026, a Friday, at noon.", ("weekday", "Friday", "Thursday")),
    ("Open until 31 June 2026.", ("no-such-day", "31 June 2026", None)),
    ("On 29 February 2027 it ends.", ("no-such-day", "29 February 2027", None)),
    ("It closes on 31/02/2027.", ("no-such-day", "31/02/2027", None)),
    ("It closes on 2/30/2027, or 3/2/2027.", ("no-such-day", "2/30/2027", None)),
    ("From 12 May 2026 to 3 May 2026.", ("range", "12 May 2026 to 3 May 2026", None)),
    ("On 14–12 March 2026.", ("range", "14–12 March 2026", None)),
    ("The plan for 2030–2026.", ("range", "2030–2026", None)),
    ("It runs 15:00–14:00 UTC.", ("range", "15:00–14:00", None)),
    ("It is from 10:00 to 09:00 UTC.", ("range", "10:00 to 09:00", None)),
    ("It is from 3 pm to 2 pm UTC.", ("range", "3 pm to 2 pm", None)),
    ("From March 2027 to January 2027 it runs.", ("range", "March 2027 to January 2027", None)),
    ("It took place between 15 and 13 October 2026.", ("range", "15 and 13 October 2026", None)),
    ("Visits are on the 13th and 13th of September.", ("range", "13th and 13th of September", None)),
    # a country twice
    ("They came from Sweden, Norway and Sweden.", ("doubled-word", "Sweden", None)),
    ("In the USA, New Zealand, Ireland, and the USA it began.", ("doubled-word", "USA", None)),
    ("- Sweden\n- Norway\n- Sweden\n", ("doubled-word", "Sweden", None)),
    # words
    ("It is here ,and there.", ("space", " ,", ", ")),
    ("It is here  and there.", ("space", "here  ", "here ")),
    ("It is in the the report.", ("doubled-word", "the the", "the")),
    ("This is a a guide.", ("doubled-word", "a a", "a")),
    ("They are increasing popular.", ("slip", "are increasing popular", "are increasingly popular")),
    ("You should of come.", ("slip", "should of", "should have")),
    ("More then half of them left.", ("slip", "More then", "More than")),
    ("Less patients were admitted.", ("slip", "Less patients", "Fewer patients")),
    ("The amount of people waiting fell.", ("slip", "amount of people", "number of people")),
    ("A number of service have closed.", ("slip", "A number of service", None)),
    ("The services was evaluated twice.", ("slip", "The services was", None)),
    ("Good care .", ("space", "e .", "e.")),
    ("It is person- centred.", ("space", "person- centred", "person-centred")),
    ("Schools, NGO's, and others.", ("apostrophe", "NGO's", "NGOs")),
    ("A SItuation report.", ("capitals", "SItuation", "Situation")),
    ("THE MENTAL HEALTH OF CHILDREN", ("capitals", "THE MENTAL HEALTH OF CHILDREN", None)),
    ("It is independant.", ("spelling", "independant", "independent")),
    ("Their suport is good.", ("spelling", "suport", "support")),
    ("They are writting.", ("spelling", "writting", "writing")),
    ("The Comission met.", ("spelling", "Comission", "Commission")),
    ("A good organistaion.", ("spelling", "organistaion", "organisation")),
    ("We organise what others organize.", ("mixed-spelling", "organise", None)),
    # what does not go together
    ("Of these country are many.", ("slip", "these country", None)),
    ("We thank this organisations.", ("slip", "this organisations", None)),
    ("Key stakeholder receive training.", ("slip", "Key stakeholder receive", None)),
    ("There is three reports on it.", ("slip", "There is three ", "There are three ")),
    ("Provide services that allows complaints.", ("slip", "Provide services that allows", None)),
    (
        "The Declaration on the Rights of Patients require it.",
        ("slip", "The Declaration on the Rights of Patients require", None),
    ),
    ("It is a organisation.", ("slip", "a ", "an ")),
    ("Here is an report.", ("slip", "an ", "a ")),
    ("It was an unique study.", ("slip", "an ", "a ")),
    ("Plans for develop it.", ("slip", "for develop", None)),
    ("The use of physical restrains fell.", ("slip", "physical restrains", "physical restraints")),
    ("Care should be complimented by families.", ("slip", "should be complimented by", "should be complemented by")),
    ("The costs of over prescribing.", ("slip", "of over prescribing", "of over-prescribing")),
    ("We explain how do they work.", ("slip", "explain how do they", None)),
    ("For women's children's and carers' groups.", ("slip", "women's", "women's,")),
    ("Facilitate peoples’ return home.", ("slip", "Facilitate peoples’", None)),
    ("We know young peoples' needs.", ("slip", "young peoples'", None)),
    ("As in one countries of ten.", ("slip", "in one countries", None)),
    ("These policies, and two policy, are old.", ("slip", "two policy", None)),
    ("Key member need to know.", ("slip", "Key member need", None)),
    ("It gives informa tion on care.", ("space", "informa tion", "information")),
    (
        "Care in homes is what people want. Care in homes is what people want.",
        (
            "doubled-word",
            "Care in homes is what people want. Care in homes is what people want.",
            "Care in homes is what people want.",
        ),
    ),
    # nearly a name
    ("The IIHML met.", ("name", "IIHML", "IIMHL")),
    ("A guide of SAHMSA on it.", ("name", "SAHMSA", "SAMHSA")),
    ("Until 12 Febuary 2027.", ("spelling", "Febuary", "February")),
    ("On Wendesday, 2 of them met.", ("spelling", "Wendesday", "Wednesday")),
    ("On Wensday 2 December it opens.", ("spelling", "Wensday", "Wednesday")),
    ("It opens at 24:30 in Oslo.", ("no-such-day", "24:30", None)),
    ("It opens at 25:00 in Oslo.", ("no-such-day", "25:00", None)),
    ("It opens at 10:75 in Oslo.", ("no-such-day", "10:75", None)),
    ("Good mental heath for all.", ("slip", "mental heath", "mental health")),
    ("The Untied Nations met.", ("name", "Untied", "United")),
    ("It is pubic health.", ("slip", "pubic health", "public health")),
    # marks
    ("It (as we know is good.", ("unpaired", "(as we know is good.", None)),
    ("It is good).", ("unpaired", "It is good)", None)),
    ("He says “it is good.", ("unpaired", "“it is good.", None)),
    # links and references
    ("Click here for more.", ("empty-link", "Click here", None)),
    ("Read more here.", ("empty-link", "Read more here", None)),
    ("You can register for the seminar here.", ("empty-link", "register for the seminar here", None)),
    ("Follow this link for the report.", ("empty-link", "Follow this link", None)),
    ("It is at this link.", ("empty-link", "at this link", None)),
    ("See [here](https://example.org/a).", ("empty-link", "here", None)),
    (
        "Look: https://example.org/a?utm_source=x&id=3 today.",
        ("tracking", "https://example.org/a?utm_source=x&id=3", "https://example.org/a?id=3"),
    ),
    (
        "It is at https://example.org/a#utm_source=rss now.",
        ("tracking", "https://example.org/a#utm_source=rss", "https://example.org/a"),
    ),
    ("Use the link below.", ("points-at-nothing", "the link below", None)),
    ("A new report. Continue reading", ("left-over", "Continue reading", "")),
    ("Care &amp; support.", ("left-over", "&amp;", None)),
    ("1.1 One\n\nText\n\n1.3 Three\n", ("numbering", "1.3", None)),
]

FINE = [
    "It covers the following four countries: Australia, Canada, England and Ireland.",
    "Three reports: health and social care, law, and housing.",
    "At least three countries: Sweden and Ireland.",
    "In 2016 two documents were circulated:\n- One\n- Two\n",
    "There were 13 visits, such as: one, two.",
    "Countries such as those in Australia, Canada, England and Scotland.",
    "All nine countries: Australia, Canada, England, Ireland, the Netherlands, New Zealand, Scotland, Sweden and USA.",
    "Alzheimer's Disease International and Ángela of Madrid.",
    "Frances Greene of Poland met Jordan and the Swedes in New Zealand's capital.",
    "The European Union's mental health policy and the United Nations' work.",
    "The World Health Organization (WHO) and the Organisation for Economic Co-operation and Development (OECD).",
    "Join us on Wednesday 2 December 2026, or Friday 4 December.",
    "From 28 May to 1 June 2018, 3–5 March 2026, and 30 December to 2 January.",
    "Between 2014 and 2010 is no range; 2019-20 is one year.",
    "Open 9:00–17:00 CET, or 11:00-1:00.",
    "He had had enough; that that is so is known. Wagga Wagga.",
    "Short- and long-term needs, low- or no-cost (see page 4).",
    "The WHO's report, SAMHSA's guide and the EU’s plan.",
    "a) first b) second, 1) third; IDs, PhDs and NGOs.",
    "He said: “Open.\n\n“And again.”",
    "Read [the plan of Ireland](https://example.org/a_(b)) and see the table below:\n\n- One\n- Two\n- Three\n",
    "Here are the figures. More is known than before.",
    "Kaupapa Māori, whānau and deinstitutionalisation; Trieste's non-coercive, rights-based service.",
    "There is two years’ work in it, many of these country reports and two member states’ plans.",
    "Mental health services, a network of homes that allows visits, and news that helps.",
    "A European plan, a one-off grant, a useful guide, an hour, an NHS trust, vitamin A and zinc.",
    "Indigenous peoples’ rights, First Nations peoples’ health and the peoples’ friend.",
    "The Convention on the Rights of the Child and the Declaration state it.",
    "It restrains the costs of care and restrains people; she was complimented by him.",
    "Concerns over use of it; over 100 people; do you know how? Do we ask how they do it?",
    "One country reports that each government has a plan. This policy, strategies and more.",
    "Up to, including and beyond; women's and children's groups. On day 4 and 5 people came.",
    "The OECD, IIMHL and SAMHSA met at 24:00 or at 9:30; 3 Decker Street; Augusta 3; their is-ought.",
    "Version 2.1 of it was mailed.\n3.4 million people live there.",
    "It is described in section 4 and in box 2.",
    "By 5/6/2026 or 24/7/2026, 29/02/2028, in version 31.02.2026.1 of directive 2001/83/EC.",
    "Between Sweden and Norway, Norway and Sweden there is Ireland, Wales and Ireland's sea.",
    "It ends.  Two spaces after a stop are a habit.",
    "Tier one services are for all; phase one countries report first.",
    "It is for both policy in Wales and practice, both government, industry and charities.",
    "Both country, regional and local data; two policy, practice and research papers; two country of origin reports.",
    "Mental Health Atlas that includes all.\nKey service need: housing.",
    "The Convention on the Rights of the Child State Party reports.",
    "The Convention on the Rights of Persons with Disabilities and Optional Protocol require it.",
    "An evaluation of Prevent, and training for Prevent.",
    "Torres Strait Islander peoples' health, Maori peoples’ rights and Inuit peoples' lands.\nPacific peoples' health.",
    "From 70:30 to 60:40, and by 20:80.",
    "Three reports show: one of two people, one of five, says so, and one from Wales does.",
    "Five trusts took part (Leeds, York and Hull for the first time); two trusts agreed (Leeds and York, for a year).",
    "Five trusts wrote (in Leeds, York and Hull), four reports – on Leeds, York and Hull – came, and three of us.",
    "Two studies by three authors (Berg, Lund and Dahl) of four countries (Sweden, Norway, Bosnia and Herzegovina).",
    "Less patients’ money; less than ten patients; less people-centred care; a number of service users; a costed plan.",
    "Both countries, in their own ways, and at their own pace, have signed. Two of the nine members: one each.",
    "The night shift is 21:00–07:00, the webinar 23:30–00:30 CET, the service 8:00–7:59, the walk from 10 am to 9 pm.",
    "From March to January 2027, between November 2026 and January 2027, on 15 and 13 October.",
    "It is on 3 December 2026 (Thursday), or on 4 December 2026, a Friday.",
    "Services in Te Tai Tokerau follow tikanga and kaupapa Māori with tamariki, rangatahi and kaumātua.",
    "Judgement and ageing, an online enquiry, a councillor, a cheque, a manoeuvre, euros and offline fundraising.",
    "More then came; if more, then half. One of the services was closed; the number of services was small.",
    "People can read about it and register their views; we are here. This link to poverty is known.",
    "The plan is for 24 hours, until 24:00; vitamin a, a guide. Vietnam has grey areas, whisky and mould.",
]


@pytest.mark.parametrize(("text", "wanted"), MARKED, ids=lambda one: one[:40] if isinstance(one, str) else "")
def test_it_marks_just_this(text: str, wanted: Said) -> None:
    assert said(text) == [wanted]


@pytest.mark.parametrize("text", FINE, ids=lambda one: one[:40])
def test_it_leaves_this_alone(text: str) -> None:
    assert said(text) == []


def test_every_rule_has_its_level_and_a_message_that_is_a_sentence() -> None:
    for text, _ in MARKED:
        for one in found(text):
            assert one.level == CODES[one.code].level
            assert one.message.rstrip("”").endswith((".", ":"))


def test_days_are_read_in_other_languages() -> None:
    marks = said("Träffa oss måndag 2 december 2026.", language="sv")
    assert marks == [("weekday", "måndag", "onsdag")]


def test_a_wrong_year_is_named() -> None:
    (one,) = found("On Thursday 13 March 2026.")
    assert one.message == "13 March 2026 is a Friday. In 2025 it would be a Thursday."


def test_a_time_without_its_zone_is_marked_only_for_what_is_live() -> None:
    text = "The webinar begins at 14:00 on Wednesday 2 December 2026."
    assert said(text, live=True) == [("no-zone", "14:00", None)]
    assert said(text) == []
    for zone in ("14:00 CET", "14:00 UTC", "2 pm NZDT", "14:00 Stockholm time"):
        assert said(text.replace("14:00", zone), live=True) == []


def test_days_in_several_forms_are_named_once() -> None:
    marks = said("On 1 June 2026. On 2 June 2026. On 3rd June 2026. On June 4, 2026.")
    assert marks == [("date-forms", "3rd June 2026", None)]


def test_the_edition_counts_its_documents_and_countries() -> None:
    holds = {"documents": 14, "countries": 6}
    text = "This Update has 15 documents from six countries. Of them three countries are new."
    (one,) = lint(holds=holds).findings([passage(text)])
    assert one.spot and (one.spot.quoted, one.spot.mend) == ("15", "14")


def test_a_suite_counts_its_resources() -> None:
    (one,) = lint(holds={"resources": 6}).findings([passage("This suite of 12 resources is for staff.")])
    assert one.spot and (one.spot.quoted, one.spot.mend) == ("12", "6")


def test_a_quotation_is_looked_up_in_its_source() -> None:
    source = "Everyone has the right to care – wherever they live. " * 30
    fine = "It says “everyone has the right to care - wherever … they live”."
    wrong = "It says “everyone has a right to care wherever they live”."
    asked = lint(sources={7: source})
    assert asked.findings([passage(fine, document=7, field="blurb")]) == []
    (one,) = asked.findings([passage(wrong, document=7, field="blurb")])
    assert one.code == "quotation"
    assert lint(sources={7: source[:300]}).findings([passage(wrong, document=7, field="blurb")]) == []


def test_words_of_the_workspace_and_of_the_taxonomy_are_known() -> None:
    assert said("The zorblet grows.") == [("spelling", "zorblet", None)]
    assert lint(own=frozenset({"zorblet"})).findings([passage("The zorblet grows.")]) == []


def test_a_text_in_another_language_is_not_read_as_english() -> None:
    text = "Regeringen föreslår en ny strategi för psykisk hälsa och suicidprevention."
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Es geht an dieser Stelle um die Arbeit von zwei Häusern und das Leben der Kinder.", "de"),
        ("La ley da a otro equipo la tarea de ir a este lugar y de ver cómo están las personas.", "es"),
        ("Mae gan y gwasanaeth ddau dŷ ac mae pobl yn byw ynddynt; a oedd yn wir, a oedd yr un.", "cy"),
        ("These country are few, and what is said of them is in the report that is for all.", "en"),
    ],
)
def test_its_small_words_tell_a_text_s_language(text: str, language: str) -> None:
    for said_to_be in ("en", "sv"):
        one = passage(text, language=said_to_be).in_its_language()
        assert one.language == language
        assert [mark.code for mark in lint(spell=False).findings([one])] == (["slip"] if language == "en" else [])


def test_few_words_tell_no_other_language_than_is_said() -> None:
    for text in ("Psykisk hälsa", "Mental health", "Die Zeit", ""):
        assert passage(text, language="nl").in_its_language().language == "nl"


def test_two_languages_alike_are_none() -> None:
    assert passage("Det er en plan for og det er en til.", language="en").in_its_language().language == ""


def test_a_quotation_in_another_language_is_not_read_in_that_of_the_blurb() -> None:
    quoted = "„Es geht an dieser Stelle um das Leben der Kinder und die Arbeit von zwei Häusern“"
    text = f"The plan asks for more homes, and for more people who work in them and with them. It says: {quoted}."
    assert said(text) == []
    assert said(text.replace("more homes", "more homse")) == [("spelling", "homse", "homes")]


def test_a_name_is_no_misspelt_word() -> None:
    assert said("Bruce Kamradt and Erin Geaney met Gary Belkin at Vestre Viken.") == []


def test_an_excerpt_may_open_what_it_does_not_close() -> None:
    cut = "He says: “It is good. It is (mostly) fine."
    assert said(cut, field="blurb", document=1, by_editor=False) == []
    assert [code for code, _, _ in said(cut, field="blurb", document=1)] == ["unpaired"]


def test_a_blurb_of_several_sentences_ends_with_a_stop() -> None:
    def blurb(text: str, **options: object) -> list[Said]:
        return said(text, field="blurb", document=1, **options)

    assert blurb("A plan for Sweden. It asks for homes") == [("no-stop", "homes", "homes.")]
    for text in (
        "A plan for Sweden",
        "A plan. It asks for homes.",
        "One. Two:\n- Homes",
        "See it. https://example.org/a",
    ):
        assert blurb(text) == []
    assert blurb("A plan for Sweden. It asks for homes", by_editor=False) == []


def test_an_id_stays_when_other_words_move() -> None:
    (one,), (other,) = found("It is in the the report."), found("Well now. It is in the the report.")
    assert one.id == other.id
    assert one.spot and other.spot and one.spot.start != other.spot.start


def test_hostile_text_is_read_in_time() -> None:
    for text in (
        "(" * 20_000,
        "“" * 20_000,
        "one, " * 20_000 + ":",
        "1 June " * 3_000,
        "a- " * 20_000,
        ": 1 x" * 5_000,
        "a" * 60_000 + " tion",
        "The Convention on " + "Rights of " * 6_000,
        "Provide " + "a-" * 30_000,
        "five trusts (" + "A, " * 20_000,
        "five trusts – " + "A of " * 12_000,
    ):
        assert len(found(text[:60_000])) < 70_000
