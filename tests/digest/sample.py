# ruff: noqa: E501 one document a paragraph reads better than one a page
"""The documents and editions of the golden mails: every kind of heading, seat and gap once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from curator.models import Filed, Moment
from tests.digest.world import filed

UPDATE_INTRODUCTION = """\
This edition opens with two national strategies, from Scotland and Sweden, and with what three countries have learnt
from the first years of their crisis lines. The [calendar of meetings](https://example.org/calendar) is on our site.
"""

BRIEFING_INTRODUCTION = """\
Every country of the network is rebuilding what happens in the first hours of a mental health crisis. This briefing sets
beside each other what has been published since the spring: who answers, how fast, and what people say who were helped.
"""

SUITE_INTRODUCTION = """\
What there is on crisis care, for those who use it and those who give it.

## People who use services

You have a right to be asked. These resources say what you can ask for.

## staff

Written for those on shift tonight.

### Where to begin

With the standards.
"""

KEY_MESSAGES = """\
- **One number is not yet one service.** Lines answer quickly; what they can send differs from district to district.
- Teams with peer workers are asked for again, and cost no more (*see* [the costing note](https://example.org/cost)).
- Nobody yet publishes how often police still go first.
"""

SAMPLE: tuple[Filed, ...] = (
    filed(1, "Delivery plan for suicide prevention 2026–2029", countries=("GB-SCT",), publisher="gov-scot",
          blurb="Thirty-four actions for three years, with a named owner and a budget line for each. The first national "
                "plan of the network to publish its measures before its targets.", themes=("crisis-care",)),
    filed(2, "Nationell strategi för psykisk hälsa: genomförandeplan 2026–2028", countries=("SE",), language="sv",
          publisher="Folkhälsa", excerpt="Planen beskriver regeringens mål för de kommande tre åren. Den omfattar sju "
                "myndigheter. Uppföljning sker varje år."),
    filed(3, "National workforce strategy: second progress report", countries=("AU",), publisher="dh-au",
          blurb="Where the 2023 strategy stands: training places filled, rural posts not. Its annex of vacancy figures by "
                "state is the best of its kind."),
    filed(4, "Standards for crisis assessment centres", countries=("AU", "NZ"), publisher="dh-au", themes=("crisis-care",),
          blurb="Written with people who have used them; adopted by New Zealand as well.", audiences=("staff",)),
    filed(5, "Crisis line: findings of the third-year evaluation (USA)", countries=("US",), section="research",
          publisher="agency-us", themes=("crisis-care",),
          excerpt="Answer times fell to 28 seconds on average. Follow-up contact within a week reached two callers in "
                  "five. The report recommends stable funding for local centres."),
    filed(6, "Peer workers in acute wards: a realist review", countries=("GB-ENG",), section="research",
          publisher="dhsc", blurb="What peers change on a ward, for whom, and which conditions make it last."),
    filed(7, "Investing in the early years: country note on Australia", countries=("AU",), section="research",
          publisher="oecd", link="https://example.org/documents/early-years.pdf", excerpt="Spending per child rose faster than in any other member country between 2019 and 2025."),
    filed(8, "Mental health atlas: preliminary tables", countries=(), section="research", publisher="who",
          blurb="Beds, staff and spending for 171 countries. The full atlas follows in March."),
    filed(9, "Guidance on community mental health services", countries=(), publisher="who",
          excerpt="Guidance on community mental health services"),
    filed(10, "Council recommendation on the mental health of young people", countries=("FR", "IT"), publisher="eu",
          blurb="Adopted on 9 November; member states report on it every two years."),
    filed(11, "Minister announces crisis cafés in every county", countries=("IE",), section="news", publisher="hse",
          excerpt="Nine cafés open before Easter.", themes=("crisis-care",)),
    filed(12, "Trieste marks fifty years of open doors", countries=("IT",), section="news", publisher=None,
          blurb="A week of open days and a small exhibition."),
    filed(13, "Consultation opens on the new Mental Health Bill", countries=("NZ",), section="news", publisher="moh-nz",
          blurb="Written comments until 31 January 2027."),
    filed(14, "Let’s get real: a workforce framework in its tenth year (New Zealand)", countries=("NZ",),
          section="webinars", publisher="moh-nz", published_at=datetime(2026, 12, 3, tzinfo=UTC),
          blurb="3 December, 11:00 in Wellington."),
    filed(15, "Crisis houses: five years on (Scotland)", countries=("GB-SCT",), section="webinars",
          publisher="gov-scot", dated="pull", themes=("crisis-care",), audiences=("service-users", "staff")),
    filed(16, "Housing first for veterans (Ontario)", countries=("CA",), section="webinars", publisher="phac"),
    filed(17, "Responders, not police: two city pilots compared", countries=("CA",), publisher="phac",
          themes=("crisis-care",), audiences=("staff",), blurb="Halifax and Calgary sent nurses and peers to mental health calls for a year. "
                "Repeat calls fell in both."),
    filed(18, "Acute care within 24 hours: standard for districts", countries=("GB-ENG",), publisher="dhsc",
          themes=("crisis-care",), blurb="Sets one clock for all districts and says who must be told when it runs out."),
    filed(19, "Crisis services: what twelve countries count", countries=(), section="research", publisher="oecd",
          themes=("crisis-care",), blurb="Definitions side by side; a useful first table, and many empty cells."),
    filed(20, "A night at the crisis team of Lille", countries=("FR",), section="news", publisher="Revue",
          themes=("crisis-care",), blurb="A long report from the ward, in French."),
    filed(21, "Loneliness among older people: a common measure", countries=(), section="research", publisher=None,
          blurb="Three questions, tested in nine languages."),
)  # fmt: skip


VISIT = """\
Place: Trieste, Italy

Host: Mental health department of Trieste

Contact: visits@example.org

Three days in a town without a psychiatric hospital: centres open day and night, work, and homes. Twelve places.

## Monday 8 February 2027

09:00 Welcome and the history of the open doors

10:30–12:30 A mental health centre with eight beds

14:00 Social cooperatives: the café, the garden and the tailor’s

## Tuesday 9 February 2027

09:00–16:00 With a team for a day, in pairs

19:30 Dinner at the restaurant of a cooperative"""

NOTICES: tuple[Filed, ...] = (
    filed(31, "Study visit: whole life, whole system", countries=("IT",), section="study-visits", publisher=None,
          starts=Moment(date(2027, 2, 8)), ends=Moment(date(2027, 2, 9)), deadline=Moment(date(2026, 12, 18)), blurb=VISIT),
    filed(32, "Gathering on compassionate care", countries=("GB-ENG",), section="gatherings", publisher=None,
          starts=Moment(date(2027, 5, 3), time(10), "Europe/London"), ends=Moment(date(2027, 5, 3), time(16), "Europe/London"),
          blurb="Place: Bristol\n\nContact: gather@example.org\n\nPeople who have been in a crisis and people who design services, "
                "in one room for a day."),
    filed(33, "Leaders’ gathering in the spring", countries=("SE",), section="gatherings", publisher=None,
          starts=Moment(date(2027, 3, 1)), blurb="Place: Stockholm\n\n## 1 March 2027\n\n09:00 Registration"),
    filed(34, "Leadership exchange: two days with a colleague", countries=("AU", "NZ"), section="exchanges", publisher=None,
          starts=Moment(date(2027, 3, 4)), ends=Moment(date(2027, 3, 8)),
          blurb="Host: services in both countries\n\nContact: exchange@example.org\n\nTwo days at the work of a colleague, a day of "
                "travel, then the network’s meeting."),
    filed(35, "Twinning of two services: call for partners", countries=("IE",), section="exchanges", publisher="hse",
          excerpt="The service looks for a partner abroad. Visits go both ways."),
)  # fmt: skip


def sample(topic: str | None = None) -> list[Filed]:
    """All the documents, or those about a topic."""
    return [each for each in SAMPLE if topic is None or topic in each.review.themes]
