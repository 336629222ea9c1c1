"""Places of one incident, most specific first, and what the article lends to unknown names.

A name that the gazetteer lacks is in the country, province and town that the article puts it in:
of the places told with it, else of the article as a whole. It keeps no id and no coordinates,
which tells it from a known one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from incidents.extractors.columns import mentions_of, spans_within
from incidents.extractors.country_parts import PART_RULE
from incidents.extractors.mentions import spans_of
from incidents.gazetteer.model import REGION_KINDS
from incidents.model import PlaceRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span

    from incidents.extractors.drafts import Draft
    from incidents.gazetteer import Gazetteer
    from incidents.gazetteer.model import Place

_FINE = tuple(  # kinds of places, the finest first
    "roundabout street checkpoint airport site base camp neighbourhood"
    " village city district admin2 region admin1 country".split()
)
_PARTS = frozenset(
    {"roundabout", "street", "checkpoint", "airport", "base", "site", "neighbourhood"}
)
_SETTLEMENTS = frozenset({"village", "city", "district", "camp"})
_SURE_SPELLING = 0.8  # of an answer by similar spelling
_SURE = 0.8
_TOWN = 50_000  # a site is called after a town of some size
_OFTEN = 2  # mentions that make a town the article's own


def report_places(draft: Draft, doc: Doc, gazetteer: Gazetteer) -> tuple[PlaceRef, ...]:
    """Places of an incident, most specific first.

    Args:
        draft: the incident's accounts.
        doc: the article.
        gazetteer: where names are looked up.

    Returns:
        The places that the accounts name. An unknown name takes on the likeliest town of a similar
        spelling, else the country and province of its surroundings; a street or site whose town is
        not told beside it is followed by the town in its name, or the one that the article
        speaks of.
    """
    spans = _ordered(draft)
    if all(s._.place.place is not None for s in spans):
        return tuple(place_ref(span) for span in spans)
    home = _home(spans, doc, gazetteer) or _town_in_name(spans[0], None, gazetteer)
    if home is None:
        return tuple(place_ref(span) for span in spans)
    refs = [_settle(span, home, gazetteer, is_first=span is spans[0]) for span in spans]
    if not any(_is_spot(ref) and ref.country_code == home.country_code for ref in refs):
        town = _town_in_name(spans[0], home, gazetteer) or _town_around(spans[0], home, doc)
        if town is not None:
            refs.insert(1, _known_ref(town, town.name))
    return tuple(refs)


def _is_spot(ref: PlaceRef) -> bool:
    return ref.lat is not None and ref.kind not in REGION_KINDS


def _settle(span: Span, home: Place, gazetteer: Gazetteer, *, is_first: bool) -> PlaceRef:
    """A place as the report has it, with what its surroundings say of an unknown one."""
    ref = place_ref(span)
    if ref.id is not None:
        return ref
    if is_first and home.country_code and span._.place.kind not in _PARTS:
        similar = gazetteer.find_places(span.text, countries=(home.country_code,), fuzzy=True)
        if similar and similar[0].score >= _SURE_SPELLING:
            return _known_ref(similar[0].place, span.text)
    return _lend(ref, home)


def _town_in_name(span: Span, home: Place | None, gazetteer: Gazetteer) -> Place | None:
    """The town that a site is called after: "Hodeidah Port", "Seoul Western District Court"."""
    scope = (home.country_code,) if home is not None and home.country_code else ()
    for end in range(span.end - 1, span.start, -1):
        words = span.doc[span.start : end].text
        for match in gazetteer.find_places(words, countries=scope, limit=3):
            place = match.place
            known = place.kind == "city" and place.population >= _TOWN
            if known and match.score >= _SURE and (not scope or place.country_code in scope):
                return place
    return None


def _town_around(span: Span, home: Place, doc: Doc) -> Place | None:
    """The town that an article comes back to or that its dateline names, for parts of towns."""
    if span._.place.kind in _SETTLEMENTS:
        return None
    towns = [
        (place.id, place, mention.excluded)
        for mention in mentions_of(doc, "places", "place")
        if (place := mention.place) is not None
        and place.kind == "city"
        and place.country_code == home.country_code
    ]
    counts = Counter(key for key, _, _ in towns)
    often = [p for key, p, why in towns if counts[key] >= _OFTEN or why == "dateline"]
    return max(often, key=lambda p: (counts[p.id], p.id)) if often else None


def _ordered(draft: Draft) -> list[Span]:
    """An incident's places, each once: the finest first, then in order of the text.

    Towns and villages are equally fine, so that a village named further down, as the home of a
    victim, does not push out the town of the news. Of one sentence's places, the village comes
    before the town, and the one where it was before the one that it was near; what heads a list
    item comes behind what the item itself names.
    """
    found: dict[str, tuple[int, int, bool, bool, Span]] = {}
    ordered = sorted(draft.accounts, key=lambda a: (a.in_title, a.index))
    told = [
        (order, span, a.item is not None and span.sent != a.sent)
        for order, a in enumerate(ordered)
        for span in a.places
    ]
    for order, span, is_head in sorted(told, key=lambda each: each[1]._.place.rule == PART_RULE):
        mention = span._.place
        key = mention.place.id if mention.place is not None else mention.name
        is_village = mention.kind == "village"
        known = mention.kind in _FINE and not is_village
        rank = _FINE.index(mention.kind if known else "city")
        if _owns_a_place(span):
            rank = max(rank, _FINE.index("admin2"))
        if is_head and mention.kind not in REGION_KINDS:
            rank = max(rank, _FINE.index("district"))  # behind the part of the town
        if key not in found:
            found[key] = (rank, order, mention.near, not is_village, span)
    return [found[key][-1] for key in sorted(found, key=lambda key: found[key][:4])]


def _owns_a_place(span: Span) -> bool:
    """True for X in "X's Y district": a province, even where a town has its name."""
    if span.end >= len(span.doc) or span.doc[span.end].tag_ != "POS":
        return False
    return bool(spans_within(span.doc[span.end + 1 : span.end + 1 + _NEXT], "places"))


_NEXT = 2  # tokens from a possessive ending to a name: "'s", "'s northern"


def _home(spans: Sequence[Span], doc: Doc, gazetteer: Gazetteer) -> Place | None:
    """The town, province or country that the article puts an unknown name in.

    Of the places told with it, the next one; else the town named last before it in the country that
    the article names most; else that country itself.
    """
    unknown = next(s for s in spans if s._.place.place is None)
    told = [s for s in spans if s._.place.place is not None]
    if not told:
        resolved = [s for s in spans_of(doc, "places") if s._.place.place is not None]
        votes = Counter(s._.place.place.country_code for s in resolved)
        if not votes:
            return _named_country(doc, gazetteer)
        code = min(votes, key=lambda c: (-votes[c], str(c)))
        here = [s for s in resolved if s._.place.place.country_code == code]
        towns = [s for s in here if s._.place.place.kind not in REGION_KINDS]
        told = [s for s in towns if s.start < unknown.start][-1:] or towns[:1] or here[:1]
    nearest: Place = min(told, key=lambda s: abs(s.start - unknown.start))._.place.place
    return nearest


def _named_country(doc: Doc, gazetteer: Gazetteer) -> Place | None:
    """The country whose people or forces an article names most."""
    named = map(gazetteer.country, doc.user_data.get("countries", {}))
    return next((country for country in named if country is not None), None)


def _lend(ref: PlaceRef, home: Place) -> PlaceRef:
    """An unknown name with the country and the province of its surroundings."""
    wide = home.kind in REGION_KINDS
    within = (home.name, *home.within) if wide else home.within
    return replace(
        ref,
        country=home.country,
        country_code=home.country_code,
        admin1=home.admin1,
        within=within,
    )


def place_ref(span: Span) -> PlaceRef:
    """A place mention as the report has it."""
    mention = span._.place
    if mention.place is None:
        return PlaceRef(name=mention.name, mention=span.text, kind=mention.kind)
    return _known_ref(mention.place, span.text)


def _known_ref(place: Place, words: str) -> PlaceRef:
    return PlaceRef(
        id=place.id,
        name=place.name,
        mention=words,
        kind=place.kind,
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        country_code=place.country_code,
        admin1=place.admin1,
        within=place.within,
    )


def geo_precision(places: Sequence[PlaceRef], draft: Draft) -> int | None:
    """ACLED: 1 the town or a place in it, 2 near a town or part of a region, 3 a larger region."""
    if not places:
        return None
    if places[0].kind in {"country", "admin1"}:
        return 3
    near = any(s._.place.near for s in draft.places if s.text == places[0].mention)
    return 2 if near or places[0].kind in {"admin2", "district", "region"} else 1
