"""Keeping a search, ending it, and telling its person when there is something new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market, for_person
from oportuno.offer.search.facts import SavedSearchEnded, SavedSearchMatched, SearchSaved
from oportuno.offer.search.models import SavedSearch
from oportuno.offer.search.queries.addresses import from_address, to_address
from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.queries.saved import new_matches
from oportuno.people.messaging.api import send
from oportuno.people.organisations.api import Person, market_operator

MOST_OF_ONE_PERSON = 30
AT_ONCE = 200  # saved searches of one step of the job


@transaction.atomic
def save_search(*, query: Query, name: str, person: Person, at: datetime) -> SavedSearch:
    """Keep a search; from now on its person is told what is new. Raises Refusal for an empty one, Conflict for one kept already."""
    plain = query.but(sort="relevance")
    if not plain.text and not plain.narrowed:
        raise Refusal(_("Say first what you look for."), field="q")
    question = dict_of(plain)
    operator = market_operator()
    with for_person(person.pk):
        kept = list(SavedSearch.objects.filter(person_id=person.pk).values_list("question", flat=True))
        if question in kept:
            raise Conflict(_("You keep this search already."))
        if len(kept) >= MOST_OF_ONE_PERSON:
            raise Refusal(_("You keep %(most)s searches already: end one first.") % {"most": MOST_OF_ONE_PERSON})
    with for_market("a person keeps a search of the market", organisation=operator.pk):
        saved = SavedSearch.objects.create(
            person_id=person.pk,
            name=(name.strip() or query.text or _("My search"))[:120],
            question=question,
            language=query.language,
            created_at=at,
            seen=_horizon(),
        )
        record(SearchSaved(saved_search=saved.pk, by=person.pk, at=at))
    return saved


@transaction.atomic
def end_search(*, saved: UUID, person: Person, at: datetime) -> None:
    """Forget a search of this person. Raises NotFound for somebody else's."""
    with for_person(person.pk):
        gone, _models = SavedSearch.objects.filter(pk=saved, person_id=person.pk).delete()
    if not gone:
        raise NotFound
    with for_market("a person ends a search of the market"):
        record(SavedSearchEnded(saved_search=saved, by=person.pk, at=at), organisation=market_operator().pk)


def end_searches_of(person: UUID) -> int:
    """Forget every search of a person who leaves; how many."""
    with for_person(person):
        return SavedSearch.objects.filter(person_id=person).delete()[0]


def dict_of(query: Query) -> dict[str, list[str]]:
    """A question as the parameters of its address."""
    found: dict[str, list[str]] = {}
    for name, value in to_address(query):
        found.setdefault(name, []).append(value)
    return found


def tell_new(*, at: datetime, after: UUID | None = None) -> UUID | None:
    """Tell the people of the next saved searches what is new; the last one looked at, None at the end.

    Acts within the market, in one transaction: what is told and how far it was seen are written together.
    """
    rows = SavedSearch.objects.filter(paused_at__isnull=True).order_by("pk").select_for_update(skip_locked=True)
    batch = list((rows.filter(pk__gt=after) if after else rows)[:AT_ONCE])
    horizon = _horizon()
    people = Person.objects.in_bulk({saved.person_id for saved in batch})
    for saved in batch:
        person = people.get(saved.person_id)
        if person and person.is_active:
            _tell(saved, person, horizon, at)
        saved.seen = horizon
    SavedSearch.objects.bulk_update(batch, ["seen", "told_at", "told"])
    return batch[-1].pk if len(batch) == AT_ONCE else None


def _tell(saved: SavedSearch, person: Person, horizon: int, at: datetime) -> None:
    with override(saved.language):
        found, matches = new_matches(question_of(saved.question, saved.language), since=saved.seen, until=horizon)
    if not found:
        return
    saved.told_at, saved.told = at, saved.told + matches
    record(SavedSearchMatched(saved_search=saved.pk, matches=matches, at=at), organisation=saved.organisation_id)
    send(
        template="search/mail/new_matches.txt",
        to=person.email,
        to_name=person.name,
        organisation=saved.organisation_id,
        context={
            "name": saved.name,
            "found": [{"title": hit.title, "seller": hit.seller_name} for hit in found],
            "more": max(0, matches - len(found)),
            "link": f"{settings.ORIGIN}{address_of(saved)}",
            "mine": f"{settings.ORIGIN}{reverse('search:saved')}",
        },
        language=saved.language,
        key=f"saved-search:{saved.pk}:{horizon}",
        at=at,
    )


def address_of(saved: SavedSearch) -> str:
    """The path of the market's search page that asks the same, newest first."""
    return f"/buscar/?{urlencode({**saved.question, 'sort': ['newest']}, doseq=True)}"


def question_of(parameters: Mapping[str, list[str]], language: str) -> Query:
    return from_address(parameters, language=language)


def _horizon() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT fact_horizon()")
        return int(cursor.fetchone()[0])
