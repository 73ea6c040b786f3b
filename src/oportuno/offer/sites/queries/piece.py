"""A page or a post with all that is shown beside it, by one statement: a post is read a thousand times more often than it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from oportuno.kernel.statements import Given, Statement
from oportuno.offer.sites.models import Entry, Tally, Term

NONE_YET: Mapping[str, int] = {"yes": 0, "no": 0, "comments": 0}
OF_TERM = {"id": "pk", "kind": "kind", "name": "name", "slug": "slug"}


@dataclass(frozen=True)
class Piece:
    """`terms` by name; `yes`, `no` and `comments` as its tally counts them."""

    entry: Entry
    terms: Sequence[Term]
    yes: int = 0
    no: int = 0
    comments: int = 0


def piece_at(organisation: int, path: str) -> Piece | None:
    """What anybody finds at a path. Acts for the public."""
    return _piece(AT.first(own=organisation, path=path))


def piece_with(organisation: int, entry: UUID) -> Piece | None:
    """The same, by its identity. Acts for the public."""
    return _piece(WITH.first(own=organisation, entry=entry))


def _piece(found: Any) -> Piece | None:
    return found and Piece(found, [_term(found.organisation_id, one) for one in found.filed], **(found.told or NONE_YET))


def _term(organisation: int, said: Mapping[str, str]) -> Term:
    return Term(organisation_id=organisation, published=True, **{**said, "id": UUID(said["id"])})


def _shown(own: Given) -> QuerySet[Entry]:
    terms = Term.objects.filter(organisation_id=own, pk__among=OuterRef("terms"), published=True).order_by("name")
    tally = Tally.objects.filter(organisation_id=own, entry=OuterRef("pk"), published=True)
    return (
        Entry.objects.filter(organisation_id=own, published=True)
        .select_related("author__picture", "picture")
        .annotate(
            filed=ArraySubquery(terms.values(json=JSONObject(**OF_TERM))),
            told=Subquery(tally.values(json=JSONObject(**{name: name for name in NONE_YET}))),
        )
    )


AT: Statement[Entry] = Statement(lambda own, path: _shown(own).filter(path=path)[:1])
WITH: Statement[Entry] = Statement(lambda own, entry: _shown(own).filter(pk=entry)[:1])
