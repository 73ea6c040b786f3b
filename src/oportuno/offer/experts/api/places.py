"""What pages of others show of experts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from oportuno.kernel.ui.public import absolute
from oportuno.offer.experts.queries.documents import ANSWER, EXPERT, QUESTION, teaser_of
from oportuno.offer.experts.queries.experts import expert_of_author, spoken
from oportuno.offer.experts.queries.shown import shown_answers, shown_experts, shown_questions
from oportuno.offer.knowledge.api import Room, room_card

MOST_COUNTED = 10_000


@dataclass(frozen=True)
class ExpertMark:
    """Something found: a question, an answer, an expert. `sort` in words."""

    title: str
    teaser: str
    href: str
    by: str
    at: datetime
    sort: str
    language: str


def room(request: HttpRequest, **context: Any) -> str:
    """On the first page of the knowledge centre: questions, and who answers them."""
    asked, known = shown_questions()[:MOST_COUNTED].count(), shown_experts()[:MOST_COUNTED].count()
    questions = Room(
        title=_("Questions to the experts"),
        line=_("Ask in public, and read what several experts answer, side by side."),
        href=reverse("experts:list"),
        icon="help-circle",
        count=asked,
        counted=ngettext("%(n)s question", "%(n)s questions", asked) % {"n": asked},
    )
    experts = Room(
        title=_("Experts"),
        line=_("Who knows what, and why one may believe it: each reason with its source."),
        href=reverse("experts:experts"),
        icon="users",
        count=known,
        counted=ngettext("%(n)s expert", "%(n)s experts", known) % {"n": known},
    )
    return room_card(request, questions) + room_card(request, experts)


def beside_author(request: HttpRequest, *, author: Any, **context: Any) -> str:
    """Below the author box of a post: the way to her page as an expert."""
    found = expert_of_author(author.pk) if author else None
    if found is None:
        return ""
    link = absolute(reverse("experts:expert", args=[found.house.slug, found.slug]))  # the post may stand on a domain of its own
    return render_to_string("experts/parts/author_link.html", {"expert": found, "link": link})


def found_writings(ids: Collection[str]) -> dict[str, ExpertMark]:
    """What search found of ours, by what follows "content:" of its key; who is not on show any more is left out. Acts for the public."""
    return {**_questions(_of(ids, QUESTION)), **_answers(_of(ids, ANSWER)), **_experts(_of(ids, EXPERT))}


def _questions(ids: Collection[UUID]) -> dict[str, ExpertMark]:
    rows = shown_questions().filter(pk__in=ids) if ids else []
    return {
        f"{QUESTION}-{one.pk}": ExpertMark(
            one.title, teaser_of(one.details), reverse("experts:question", args=[one.slug]), one.shown_name or _("Question to the experts"),
            one.shown_at or one.asked_at, pgettext("found", "Question"), one.language,
        )
        for one in rows
    }  # fmt: skip


def _answers(ids: Collection[UUID]) -> dict[str, ExpertMark]:
    rows = list(shown_answers().filter(pk__in=ids).select_related("expert", "seller").defer("draft", "document")) if ids else []
    asked = shown_questions().in_bulk([one.question_id for one in rows])
    return {
        f"{ANSWER}-{one.pk}": ExpertMark(
            asked[one.question_id].title, teaser_of(one.text),
            f"{reverse('experts:question', args=[asked[one.question_id].slug])}#respuesta-{one.pk}",
            f"{one.expert.name}, {one.house.name}", one.shown_at or one.changed_at, pgettext("found", "Answer"), one.language,
        )
        for one in rows
        if one.question_id in asked
    }  # fmt: skip


def _experts(ids: Collection[UUID]) -> dict[str, ExpertMark]:
    rows = shown_experts().filter(pk__in=ids).select_related("seller") if ids else []
    return {
        f"{EXPERT}-{one.pk}": ExpertMark(
            one.name, teaser_of(f"{spoken(one, 'role')}. {spoken(one, 'bio')}"), reverse("experts:expert", args=[one.house.slug, one.slug]),
            one.house.name, one.shown_at or one.changed_at, pgettext("found", "Expert"), "es",
        )
        for one in rows
    }  # fmt: skip


def _of(ids: Collection[str], sort: str) -> list[UUID]:
    found = []
    for one in ids:
        head, _dash, rest = one.partition("-")
        if head == sort:
            try:
                found.append(UUID(rest))
            except ValueError:
                continue
    return found
