"""Searches that a person keeps, and what is new for one."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from oportuno.offer.search.models import SavedSearch
from oportuno.offer.search.queries import hits
from oportuno.offer.search.queries.answers import Hit
from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.queries.dictionary import look_up, synonyms_of
from oportuno.offer.search.queries.filters import condition
from oportuno.offer.search.queries.ranking import ranked
from oportuno.offer.search.queries.showing import show
from oportuno.offer.search.queries.tallies import MOST
from oportuno.offer.search.rules.terms import asked, terms

SHOWN = 5


def saved_searches(person: UUID) -> list[SavedSearch]:
    """What a person keeps, newest first. Acts for her: `with for_person(…)`."""
    return list(SavedSearch.objects.filter(person_id=person).order_by("-created_at"))


def new_matches(query: Query, *, since: int, until: int) -> tuple[tuple[Hit, ...], int]:
    """The best of what entered in transactions [since, until) and has every word of the question; and how many there are."""
    question = asked(query.text)
    knowledge = look_up(question)
    found = terms(question, known=knowledge.all.lexemes, of=knowledge.all.documents, synonyms=synonyms_of(question))
    if query.text.strip() and not found:
        return (), 0
    narrowed = condition(query)
    narrowed.add("d.entered >= %s AND d.entered < %s", since, until)
    if found:
        narrowed.add("d.words @@ %s::tsquery", hits.every(found))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.id FROM search_document d {narrowed.join} WHERE {narrowed.where} ORDER BY d.id DESC LIMIT {MOST}",
            [*narrowed.join_parameters, *narrowed.parameters],
        )
        ids = [one for (one,) in cursor.fetchall()]
    order, scored = ranked(ids, found, knowledge, query) if found else (ids, {})
    return show(order[:SHOWN], query, found, scored, {}), len(ids)
