"""Questions as anybody reads them: a list, one with its answers side by side, and those that ask the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from oportuno.kernel.content import drawn_html
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market, for_public
from oportuno.offer.directory import api as directory
from oportuno.offer.experts.models import Answer, PublicQuestion
from oportuno.offer.experts.queries.shown import answers_of_shown, shown_questions
from oportuno.offer.experts.rules.asking import half_of, telling
from oportuno.offer.experts.rules.best import Judged, best_first
from oportuno.offer.sites.api.voices import usefulness
from oportuno.people.audience.api import addresses

PAGE = 20
MOST_ANSWERS = 50
LIKE, MOST_LIKE = 0.5, 5
MARK = "~"
CONFIG = "CASE q.language WHEN 'en' THEN 'english' ELSE 'spanish' END::regconfig"
ALIKE = f"""
SELECT id FROM (
    SELECT q.id, q.shown_at,
        (SELECT count(*)::float / greatest(cardinality(asked), 1) FROM unnest(asked) AS word WHERE word = ANY (has)) AS alike
    FROM public_question q, LATERAL (SELECT
        tsvector_to_array(to_tsvector({CONFIG}, %(said)s)) AS asked, tsvector_to_array(to_tsvector({CONFIG}, q.key)) AS has) AS words
    WHERE q.published AND (
        to_tsvector('spanish', COALESCE(q.key, '')) @@ to_tsquery('spanish', %(some)s)
        OR to_tsvector('english', COALESCE(q.key, '')) @@ to_tsquery('english', %(some)s))
) AS near WHERE alike >= %(least)s ORDER BY alike DESC, shown_at DESC, id LIMIT %(most)s
"""
"""How much of what is asked a title has: the share of its telling words, whatever their form."""
SOUNDS = """
SELECT id FROM public_question q WHERE q.published AND q.key %%> %(said)s ORDER BY word_similarity(%(said)s, q.key) DESC, id LIMIT %(most)s
"""
"""Where no words fit: what sounds like it, for somebody mistyped."""


@dataclass(frozen=True)
class Wanted:
    """What a reader of the list chose. `state`: "" all, "open" without an answer, "solved"."""

    field: str = ""
    state: str = ""
    language: str = ""
    words: str = ""


@dataclass(frozen=True)
class Line:
    """A question in a list. `answers` counts those on show; `best` is the text of the best one, "" for none."""

    question: PublicQuestion
    answers: int = 0
    best: str = ""
    by: str = ""


@dataclass(frozen=True)
class Lines:
    lines: Sequence[Line]
    after: str = ""


@dataclass(frozen=True)
class ShownAnswer:
    """An answer on its question's page. `share`: None while its votes are too few to tell."""

    answer: Answer
    html: str
    solves: bool
    seller: directory.SellerCard | None

    @property
    def share(self) -> float | None:
        return usefulness.share(self.answer.yes, self.answer.no)

    @property
    def votes(self) -> int:
        return self.answer.yes + self.answer.no


def questions_page(wanted: Wanted, *, after: str = "", limit: int = PAGE) -> Lines:
    """The newest first, or with words the likest; four queries. Acts for the public."""
    found = _narrowed(wanted)
    if wanted.words:
        return Lines(lines_of(_like(wanted.words, found, limit)))
    if mark := read_mark(after):
        found = found.filter(Q(shown_at__lt=mark[0]) | Q(shown_at=mark[0], pk__lt=mark[1]))
    rows = list(found.order_by("-shown_at", "-pk")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Lines(lines_of(rows[:limit]), mark_from(last) if last else "")


def fields_asked() -> dict[str, int]:
    """How many questions each field has, by its slug; one query. Acts for the public."""
    return dict(shown_questions().exclude(field="").values_list("field").annotate(n=Count("pk")))


def lines_of(questions: Sequence[PublicQuestion]) -> list[Line]:
    """With how many answers each has, and the best one's beginning; two queries."""
    ids = [one.pk for one in questions]
    counted = dict(answers_of_shown().filter(question_id__in=ids).values_list("question_id").annotate(n=Count("pk")))
    few = answers_of_shown().filter(question_id__in=ids).select_related("expert").defer("draft", "document")
    by_question: dict[UUID, list[Answer]] = {}
    for one in few[: MOST_ANSWERS * PAGE]:
        by_question.setdefault(one.question_id, []).append(one)
    lines = []
    for question in questions:
        ordered = _best(by_question.get(question.pk, []), question)
        best = ordered[0] if ordered else None
        lines.append(Line(question, counted.get(question.pk, 0), best.text if best else "", best.expert.name if best else ""))
    return lines


def shown_question(slug: str) -> PublicQuestion:
    """Raises NotFound; one that was joined to another is found as that one. Acts for the public."""
    found = shown_questions().filter(slug=slug).first()
    if found is None:
        with for_market("a question that was joined to another leads there"):
            joined = PublicQuestion.objects.filter(slug=slug, joined_to__published=True).select_related("joined_to").first()
        found = joined.joined_to if joined else None
    if found is None:
        raise NotFound
    return found


def answers_to(question: PublicQuestion) -> list[ShownAnswer]:
    """Best first, drawn; a handful of queries however many. Acts for the public."""
    rows = answers_of_shown().filter(question_id=question.pk).select_related("expert__picture", "seller").defer("draft")
    ordered = _best(list(rows.order_by("shown_at")[:MOST_ANSWERS]), question)
    cards = directory.seller_cards({one.seller_id for one in ordered if one.seller_id}) if ordered else {}
    return [
        ShownAnswer(one, drawn(one), one.pk == question.solved_by, cards.get(one.seller_id) if one.seller_id else None) for one in ordered
    ]


def drawn(answer: Answer) -> str:
    """What it says as HTML, with words of the trade leading to the glossary."""
    return drawn_html(answer.document, language=answer.language)


def similar_to(title: str, *, limit: int = MOST_LIKE) -> list[PublicQuestion]:
    """Questions on show that ask much the same, the likest first. Acts for anybody."""
    with for_public():
        return _like(title, shown_questions(), limit)


def similar_lines(title: str) -> list[Line]:
    """The same with their answers, for who is about to ask."""
    with for_public():
        return lines_of(_like(title, shown_questions(), MOST_LIKE))


def related_to(question: PublicQuestion, *, limit: int = 4) -> list[Line]:
    """Those near it, first by words and then by field. Acts for the public."""
    near = [one for one in _like(question.title, shown_questions(), limit + 1) if one.pk != question.pk][:limit]
    if len(near) < limit and question.field:
        seen = [question.pk, *(one.pk for one in near)]
        near += shown_questions().filter(field=question.field).exclude(pk__in=seen).order_by("-shown_at", "-pk")[: limit - len(near)]
    return lines_of(near)


def read_mark(text: str) -> tuple[datetime, UUID] | None:
    """Where a page begins; a mark that is not ours begins at the start."""
    moment, _tilde, number = text[:90].partition(MARK)
    try:
        at, identity = datetime.fromisoformat(moment), UUID(number)
    except ValueError:
        return None
    return (at, identity) if at.tzinfo else None


def mark_from(last: Any) -> str:
    return f"{last.shown_at.isoformat()}{MARK}{last.pk}"


def _narrowed(wanted: Wanted) -> QuerySet[PublicQuestion]:
    found = shown_questions()
    if wanted.field:
        found = found.filter(field=wanted.field)
    if wanted.language:
        found = found.filter(language=wanted.language)
    answered = Exists(answers_of_shown().filter(question_id=OuterRef("pk")))
    if wanted.state == "open":
        found = found.filter(~answered)
    if wanted.state == "solved":
        solving = Exists(answers_of_shown().filter(pk=OuterRef("solved_by")))
        found = found.filter(solving)
    return found


def _like(words: str, among: QuerySet[PublicQuestion], limit: int) -> list[PublicQuestion]:
    """Chosen as the market, for the indexes of words and of likeness are not used behind the lock; then read as anybody."""
    said = telling(addresses.fold(words)[:200])
    if not said:
        return []
    with for_market("questions that sound alike are found by indexes that no lock lets use"), connection.cursor() as cursor:
        asked: dict[str, str | float] = {"said": said, "some": half_of(said.split()), "least": LIKE, "most": limit * 4}
        cursor.execute(ALIKE, asked)
        if not (rows := cursor.fetchall()):
            cursor.execute(SOUNDS, asked)
            rows = cursor.fetchall()
        order = {pk: n for n, (pk,) in enumerate(rows)}
    return sorted(among.filter(pk__in=order), key=lambda one: order[one.pk])[:limit]


def _best(answers: Sequence[Answer], question: PublicQuestion) -> list[Answer]:
    by_id = {one.pk: one for one in answers}
    judged = [Judged(one.pk, one.yes, one.no, one.shown_at or one.changed_at, one.pk == question.solved_by) for one in answers]
    return [by_id[pk] for pk in best_first(judged)]
