"""How search knows questions, answers and experts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation

from oportuno.offer.experts.models import Answer, Expert, House, PublicQuestion
from oportuno.offer.search import api as search

TEASER = 200
QUESTION, ANSWER, EXPERT = "pregunta", "respuesta", "experto"


def key_of(sort: str, identity: object) -> str:
    return f"content:{sort}-{identity}"


def teaser_of(text: str) -> str:
    """The beginning, cut between words."""
    words = " ".join(text.split())
    return words if len(words) <= TEASER else words[:TEASER].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def question_document(question: PublicQuestion) -> search.Document:
    texts = search.Texts(title=question.title, subtitle=teaser_of(question.details), body=question.details)
    language: search.Language = "en" if question.language == "en" else "es"
    return search.Document(
        key=key_of(QUESTION, question.pk),
        kind="content",
        organisation=question.organisation_id,
        url=_path("experts:question", question.slug),
        texts={language: texts},
        updated_at=question.decided_at or question.asked_at,
        published_at=question.shown_at,
    )


def answer_document(answer: Answer, question: PublicQuestion) -> search.Document:
    """Its own document, of its seller: what a seller says is found exactly while the seller is on show."""
    language: search.Language = "en" if answer.language == "en" else "es"
    texts = search.Texts(title=question.title, subtitle=teaser_of(answer.text), keywords=(answer.expert.name,), body=answer.text)
    return search.Document(
        key=key_of(ANSWER, answer.pk),
        kind="content",
        organisation=answer.organisation_id,
        url=f"{_path('experts:question', question.slug)}#respuesta-{answer.pk}",
        texts={language: texts},
        updated_at=answer.changed_at,
        published_at=answer.shown_at,
        **_of(answer.house),
    )


def expert_document(expert: Expert, titles: dict[str, dict[str, str]]) -> search.Document:
    """`titles`: of sectors, {slug: {"es", "en"}}."""
    words: dict[search.Language, search.Texts] = {}
    for language in ("es", "en"):
        role, bio = getattr(expert, f"role_{language}"), getattr(expert, f"bio_{language}")
        if role or bio:
            fields: Sequence[str] = [titles[one][language] for one in expert.fields if one in titles]
            words[language] = search.Texts(title=expert.name, subtitle=role, keywords=tuple(fields), body=bio)
    return search.Document(
        key=key_of(EXPERT, expert.pk),
        kind="content",
        organisation=expert.organisation_id,
        url=_path("experts:expert", expert.house.slug, expert.slug),
        texts=words or {"es": search.Texts(title=expert.name)},
        updated_at=expert.changed_at,
        published_at=expert.shown_at,
        **_of(expert.house),
    )


def _of(house: House) -> dict[str, Any]:
    return {"seller_slug": house.slug, "seller_name": house.name, "certified": house.certified, "country": house.country}


def _path(name: str, *args: str) -> str:
    """Without a language before it."""
    with translation.override("es-co"):
        return reverse(name, args=args)
