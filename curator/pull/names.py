"""The namespaces feedparser gives a meaning, as it does: by its own prefix, whatever prefix the feed has.

Here and not asked of feedparser, because loading it costs more than reading a hundred feeds; a test holds the two
together.
"""

from __future__ import annotations

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"

_TABLE = """
    - http://backend.userland.com/rss
    - http://blogs.law.harvard.edu/tech/rss
    - http://purl.org/rss/1.0/
    - http://my.netscape.com/rdf/simple/0.9/
    - http://example.com/newformat#
    - http://example.com/necho
    - http://purl.org/echo/
    - uri/of/echo/namespace#
    - http://purl.org/pie/
    - http://purl.org/atom/ns#
    - http://www.w3.org/2005/atom
    - http://purl.org/rss/1.0/modules/rss091#
    admin http://webns.net/mvcb/
    ag http://purl.org/rss/1.0/modules/aggregation/
    annotate http://purl.org/rss/1.0/modules/annotate/
    audio http://media.tangent.org/rss/1.0/
    blogChannel http://backend.userland.com/blogchannelmodule
    cc http://creativecommons.org/ns#license
    cc http://web.resource.org/cc/
    creativeCommons http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html
    creativeCommons http://backend.userland.com/creativecommonsrssmodule
    co http://purl.org/rss/1.0/modules/company
    content http://purl.org/rss/1.0/modules/content/
    cp http://my.theinfo.org/changed/1.0/rss/
    dc http://purl.org/dc/elements/1.1/
    dcterms http://purl.org/dc/terms/
    email http://purl.org/rss/1.0/modules/email/
    ev http://purl.org/rss/1.0/modules/event/
    feedburner http://rssnamespace.org/feedburner/ext/1.0
    fm http://freshmeat.net/rss/fm/
    foaf http://xmlns.com/foaf/0.1/
    geo http://www.w3.org/2003/01/geo/wgs84_pos#
    georss http://www.georss.org/georss
    gml http://www.opengis.net/gml
    icbm http://postneo.com/icbm/
    image http://purl.org/rss/1.0/modules/image/
    itunes http://www.itunes.com/dtds/podcast-1.0.dtd
    itunes http://example.com/dtds/podcast-1.0.dtd
    l http://purl.org/rss/1.0/modules/link/
    media http://search.yahoo.com/mrss
    media http://search.yahoo.com/mrss/
    pingback http://madskills.com/public/xml/rss/module/pingback/
    prism http://prismstandard.org/namespaces/1.2/basic/
    rdf http://www.w3.org/1999/02/22-rdf-syntax-ns#
    rdfs http://www.w3.org/2000/01/rdf-schema#
    ref http://purl.org/rss/1.0/modules/reference/
    reqv http://purl.org/rss/1.0/modules/richequiv/
    search http://purl.org/rss/1.0/modules/search/
    slash http://purl.org/rss/1.0/modules/slash/
    soap http://schemas.xmlsoap.org/soap/envelope/
    ss http://purl.org/rss/1.0/modules/servicestatus/
    str http://hacks.benhammersley.com/rss/streaming/
    sub http://purl.org/rss/1.0/modules/subscription/
    sy http://purl.org/rss/1.0/modules/syndication/
    szf http://schemas.pocketsoap.com/rss/mydescmodule/
    taxo http://purl.org/rss/1.0/modules/taxonomy/
    thr http://purl.org/rss/1.0/modules/threading/
    ti http://purl.org/rss/1.0/modules/textinput/
    trackback http://madskills.com/public/xml/rss/module/trackback/
    wfw http://wellformedweb.org/commentapi/
    wiki http://purl.org/rss/1.0/modules/wiki/
    xhtml http://www.w3.org/1999/xhtml
    xlink http://www.w3.org/1999/xlink
    xml http://www.w3.org/xml/1998/namespace
    psc http://podlove.org/simple-chapters
"""

# In lower case, as feedparser compares them; '' where the elements count as the feed format's own.
PREFIX_OF = {
    uri: "" if prefix == "-" else prefix for prefix, uri in (line.split() for line in _TABLE.split("\n") if line)
}

# Prefixes that would make an unknown element look like one with a meaning, or like a field of an entry.
RESERVED = frozenset(
    {prefix.lower() for prefix in PREFIX_OF.values() if prefix}
    | {"title", "summary", "published", "updated", "created"}
)

VERSION_GIVING = frozenset(("http://my.netscape.com/rdf/simple/0.9/", "http://purl.org/rss/1.0/"))


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ---------------------------------------------------------------- what feedparser has rules for

# Elements without a prefix, and prefixes; all others it keeps as they come.
HANDLED = words("""
    abstract author body category channel cloud content contributor copyright created description email enclosure
    entry expirationdate feed fullitem generator geom georssgeom guid height homepage id image info issued item
    keywords language lastbuilddate link managingeditor modified name newlocation pubdate published rights rss source
    subtitle summary tagline tags textinput title updated uri url webmaster where width
""")
HANDLED_PREFIXES = words("cc content creativeCommons dc dcterms feedburner georss gml itunes media psc xhtml xml")
# Of these prefixes it has rules for a few elements only, named in lower case.
WITH_RULES = {"feedburner": words("browserfriendly"), "dcterms": words("created issued modified valid")}
# Fields it keeps itself and would find overwritten by an element of that name.
HURTFUL = words("authors contributors entries items links publishers tags")

# ---------------------------------------------------------------- what the fast path knows
# By kind: `local` for RSS's own and Atom's, `prefix:local` for what feedparser has rules for, OTHER for the rest.

OTHER = "?"
NOTHING: frozenset[str] = frozenset()
OTHERS = frozenset((OTHER,))

TEXTS = words("title description summary content content:encoded itunes:summary media:description")
SUMMARIES = words("summary description itunes:summary media:description")
DATES = {
    "pubDate": "published_parsed",
    "published": "published_parsed",
    "updated": "updated_parsed",
    "dc:date": "updated_parsed",
    "dcterms:issued": "published_parsed",
    "dcterms:modified": "updated_parsed",
    "dcterms:created": "created_parsed",
}
DATES_IN_HEAD = words("pubDate lastBuildDate updated published dc:date")
IGNORED_ANYWHERE = words("""
    category rights
    dc:creator dc:publisher dc:rights dc:subject dc:identifier dc:source dc:format dc:type dc:coverage
    itunes:subtitle itunes:author itunes:explicit itunes:block itunes:image itunes:keywords itunes:duration
    itunes:episode itunes:season itunes:title itunes:episodeType itunes:type itunes:order
""")
TYPED = words("rights dc:rights itunes:subtitle")  # ignored, but for what they are said to be
TYPED_IN_HEAD = TYPED | words("title description subtitle copyright")
QUIET = (IGNORED_ANYWHERE | DATES.keys()) - TYPED
HARMLESS = words("domain href hreflang isPermaLink label length rel scheme term title type url")  # no base, no language
IGNORED_IN_HEAD = IGNORED_ANYWHERE | words("""
    title link description copyright managingEditor webMaster cloud generator id subtitle itunes:summary
""")
OF_A_PERSON = OTHERS | words("name uri email")
CONTAINERS_IN_HEAD = {
    "image": words("url title link width height description"),
    "textInput": words("title description name link"),
    "itunes:owner": words("itunes:name itunes:email"),
    "itunes:category": words("itunes:category"),
}
MEDIA = words("""
    media:content media:thumbnail media:group media:category media:keywords media:rating media:credit media:copyright
    media:text media:hash media:player media:adult media:license media:community media:starRating media:statistics
    media:tags media:restriction media:status media:price media:embed media:param media:backLinks media:subTitle
""")
MEDIA_AROUND = words("media:group media:content")
DEEPEST = 30  # elements in each other, within a child; more is not ordinary, and to look around each is quadratic
MAY_NEST = MEDIA_AROUND | OTHERS  # below a child of the head or an entry
ATOM_IN_RSS = words("link updated published author contributor category")

OF_A_TEXT = frozenset(("type", f"{XML} lang", f"{XML} base"))
OF_A_LINK = words("href length rel type title hreflang")
DECIDES_A_LINK = words("href url uri rel type")
TYPES = {
    "text": "text/plain",
    "plain": "text/plain",
    "html": "text/html",
    "text/plain": "text/plain",
    "text/html": "text/html",
}
