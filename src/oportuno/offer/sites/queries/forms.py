"""Forms as their builders see them, and as those who answer do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, Sum
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.kernel.formats import locale_of, long_day
from oportuno.offer.sites.models import Form, FormAnswer, FormDay, FormState
from oportuno.offer.sites.queries.reading import mark_from, read_mark
from oportuno.offer.sites.rules import forms as rules
from oportuno.offer.sites.rules.forms import Question
from oportuno.people.audience.api import Contact

PAGE, MOST_FORMS = 50, 200
MOST_KNOWN = 100  # answers of one contact that are looked at: the newest


@dataclass(frozen=True)
class Row:
    """A form in the list. `views` and `answers` of all its days; `latest` of the answers that are kept."""

    form: Form
    views: int
    answers: int
    latest: datetime | None

    @property
    def asked(self) -> int:
        """How many questions: each one more costs answers."""
        return sum(1 for one in self.form.questions if one["sort"] != "hidden")

    @property
    def rate(self) -> float | None:
        """How many of those who saw it answered; None before anybody saw it."""
        return min(1.0, self.answers / self.views) if self.views else None


@dataclass(frozen=True)
class Answers:
    """A page of them, the newest first; `after` marks where the next begins, "" at the end."""

    rows: Sequence[FormAnswer]
    after: str


def forms_in(organisation: int, *, archived: bool = False) -> list[Row]:
    """The latest changed first; three queries."""
    own = Form.objects.filter(organisation_id=organisation)
    found = own.filter(state=FormState.ARCHIVED) if archived else own.exclude(state=FormState.ARCHIVED)
    forms = list(found.order_by("-changed_at", "-pk")[:MOST_FORMS])
    ids = [one.pk for one in forms]
    days = FormDay.objects.filter(form__in=ids).values("form_id").annotate(seen=Sum("views"), said=Sum("answers"))
    counted = {one["form_id"]: (one["seen"], one["said"]) for one in days}
    latest = dict(FormAnswer.objects.filter(form__in=ids).values_list("form_id").annotate(last=Max("at")))
    return [Row(one, *counted.get(one.pk, (0, 0)), latest.get(one.pk)) for one in forms]


def form_for(organisation: int, form: UUID) -> Form:
    """Raises NotFound."""
    found = Form.objects.filter(organisation_id=organisation, pk=form).first()
    if found is None:
        raise NotFound
    return found


def shown_form(organisation: int, slug: str) -> Form:
    """One that anybody may answer. Acts for the public. Raises NotFound."""
    found = Form.objects.filter(organisation_id=organisation, slug=slug, published=True).select_related("leads_to").first()
    if found is None:
        raise NotFound
    return found


def answers_page(form: Form, *, after: str = "") -> Answers:
    """Keyset by (at, id)."""
    found = FormAnswer.objects.filter(form=form)
    if mark := read_mark(after):
        found = found.filter(Q(at__lt=mark[0]) | Q(at=mark[0], pk__lt=mark[1]))
    rows = list(found.order_by("-at", "-pk")[: PAGE + 1])
    return Answers(rows[:PAGE], mark_from(rows[PAGE - 1].at, rows[PAGE - 1].pk) if len(rows) > PAGE else "")


def answer_for(form: Form, answer: UUID) -> FormAnswer:
    """Raises NotFound."""
    found = FormAnswer.objects.filter(form=form, pk=answer).first()
    if found is None:
        raise NotFound
    return found


def known_keys(*, contact: Contact | None, visitor: UUID | None) -> set[str]:
    """What the organisation we act for knows of somebody: her own answers, and what stands with her contact.

    What others answered with her address does not count: only she knows whether it is true.
    """
    if contact is None and visitor is None:
        return set()
    hers = Q(visitor_id=visitor) if visitor else Q()
    if contact:
        hers |= Q(contact_id=contact.pk, proven=True)
    said = FormAnswer.objects.filter(hers).order_by("-at").values_list("values", flat=True)[:MOST_KNOWN]
    keys = {key for values in said for key, value in values.items() if value not in (None, "", [])}
    keys -= rules.ONCE_EACH
    if contact:
        keys |= {key for key, held in (("name", contact.display_name), ("email", contact.email), ("phone", contact.phone)) if held}
    return keys


def all_questions(form: Form) -> list[Question]:
    """Those it asks, then those it asked once."""
    return [*rules.read_questions(form.questions), *rules.read_questions(form.retired)]


def teller() -> Callable[[Question, Any], str]:
    """Says an answer in the reader's language."""
    yes, no, locale = _("Yes"), _("No"), locale_of(get_language() or "es-co")

    def day(text: str) -> str:
        found = parse_date(text)
        return long_day(found, locale) if found else text

    return lambda question, value: rules.in_words(question.sort, value, yes=yes, no=no, day=day)


def columns_of(form: Form, rows: Iterable[FormAnswer], *, most: int) -> list[tuple[FormAnswer, list[str]]]:
    """Each answer with its words to the first questions."""
    tell, questions = teller(), all_questions(form)[:most]
    return [(row, [tell(one, row.values.get(one.key)) for one in questions]) for row in rows]
