"""Letting search follow what is in the glossary: at once, in the transaction of whoever writes."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from oportuno.kernel import content
from oportuno.kernel.isolation import for_market
from oportuno.offer.glossary.models import Term
from oportuno.offer.glossary.queries.addresses import address_of
from oportuno.offer.glossary.queries.terms import MARK
from oportuno.offer.glossary.rules.said import LANGUAGES
from oportuno.offer.search import api as search

WHY = "what is found of the glossary is what anybody reads"


def find_terms(ids: Collection[UUID]) -> int:
    """Put those of these that anybody reads into search, and take the others out; how many were put."""
    with for_market(WHY):
        shown = list(Term.objects.filter(pk__in=ids, published=True))
    search.remove(key_of(one) for one in set(ids) - {one.pk for one in shown})
    return search.put(document_of(one) for one in shown)


def key_of(identity: UUID) -> str:
    return f"content:{MARK}{identity}"


def document_of(term: Term) -> search.Document:
    texts: dict[search.Language, search.Texts] = {
        one: search.Texts(
            title=term.name_in(one),
            subtitle=term.line_in(one),
            keywords=term.said.names(one)[1:],
            body=content.render_text(content.read(body), language=one) if (body := getattr(term, f"body_{one}")) else "",
        )
        for one in LANGUAGES
        if term.in_language(one)
    }
    return search.Document(
        key=key_of(term.pk), kind="content", organisation=term.organisation_id, url=address_of(term.slug, "es"), texts=texts,
        updated_at=term.changed_at, published_at=term.created_at,
    )  # fmt: skip


IN_SEARCH = search.Feeder(name="terms", edition=1, rows=Term, feed=find_terms)
"""`edition` is raised when what is found of the same thing changes."""
