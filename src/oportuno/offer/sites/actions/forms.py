"""Forms are built: begun, changed, opened, archived, copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.offer.sites.actions.showing import is_shown
from oportuno.offer.sites.facts import FormClosed, FormOpened
from oportuno.offer.sites.models import Entry, Form, FormState
from oportuno.offer.sites.rules import forms as rules
from oportuno.offer.sites.rules.forms import Question
from oportuno.offer.sites.rules.paths import free_slug, slug_of
from oportuno.people.organisations.api import Member, people_who_may

MOST_FORMS = 200
MOST_TAGS = 10


@dataclass(frozen=True)
class Settings:
    """All that a form says besides its questions. `leads_to`: a page of the site, instead of `thanks`."""

    title: str
    intro: str = ""
    at_once: int = 0
    button: str = ""
    thanks: str = ""
    leads_to: UUID | None = None
    tells: Sequence[UUID] = ()
    tags: Sequence[str] = ()
    words: str = ""
    invites: str = ""


@transaction.atomic
def begin_form(*, title: str, by: Member, at: datetime) -> Form:
    """A draft with the questions that most forms begin with. Raises Refusal where there are too many forms."""
    own = Form.objects.filter(organisation_id=by.organisation.pk)
    if own.count() >= MOST_FORMS:
        raise Refusal(_("There are %(most)s forms already: change one of them instead.") % {"most": MOST_FORMS})
    said = _title(title or _("Contact"))
    usual = rules.with_keys(
        [
            Question("", "name", _("What is your name?"), required=True),
            Question("", "email", _("Your e-mail"), required=True),
            Question("", "text", _("How can we help you?"), required=True, anew=True),
        ]
    )
    return Form.objects.create(
        title=said, slug=_slug(by, said), questions=rules.write_questions(usual), tells=[by.id], created_at=at, changed_at=at
    )


@transaction.atomic
def change_form(*, form: UUID, settings: Settings, questions: Sequence[Question], by: Member, at: datetime) -> Form:
    """Keep what a form says and asks; an open one asks so at once. A draft's address follows its name. Raises NotFound, Refusal."""
    found = own_form(by, form)
    before = {one.key: one for one in rules.read_questions(found.questions)}
    retired = {one.key: one for one in rules.read_questions(found.retired)}
    kept = rules.with_keys(_checked(questions, known=before.keys()), spent=[*retired, *before])
    gone = {**retired, **{key: one for key, one in before.items() if key not in {each.key for each in kept}}}
    found.questions = rules.write_questions(kept)
    found.retired = rules.write_questions(gone.values())
    if settings.words.strip() != found.words:
        found.words_version += 1
    if found.state == FormState.DRAFT and _title(settings.title) != found.title:
        found.slug = _slug(by, _title(settings.title), but=found)
    found.title, found.intro, found.button = _title(settings.title), settings.intro.strip(), settings.button.strip()
    found.thanks, found.words, found.at_once = settings.thanks.strip(), settings.words.strip(), settings.at_once
    found.leads_to, found.invites = _page(by, settings.leads_to), settings.invites
    found.tells = [one.pk for one in people_who_may(by.organisation, "see contacts") if one.pk in set(settings.tells)]
    found.tags = sorted({" ".join(one.lower().split())[:40] for one in settings.tags} - {""})[:MOST_TAGS]
    found.changed_at = at
    found.save()
    return found


@transaction.atomic
def set_form_state(*, form: UUID, state: str, by: Member, at: datetime) -> Form:
    """Open it, put it back to draft, or archive it. Raises Refusal for a form that asks nothing."""
    found = own_form(by, form)
    if state not in FormState.values:
        raise Refusal(_("Choose what to do with it."))
    if state == FormState.OPEN and not any(one.sort != "hidden" for one in rules.read_questions(found.questions)):
        raise Refusal(_("A form asks at least one question."))
    was, found.state = found.state, state
    found.published = state == FormState.OPEN and is_shown(by.organisation.pk)
    found.changed_at = at
    found.save(update_fields=["state", "published", "changed_at"])
    if was != state and FormState.OPEN in (was, state):
        opened = FormOpened(form=found.pk, by=by.id, at=at) if state == FormState.OPEN else FormClosed(form=found.pk, by=by.id, at=at)
        record(opened)
    return found


@transaction.atomic
def copy_form(*, form: UUID, by: Member, at: datetime) -> Form:
    """The same questions and settings, as a draft of its own, without answers."""
    found = own_form(by, form)
    copy = begin_form(title=_("%(title)s (copy)") % {"title": found.title[:110]}, by=by, at=at)
    for name in ("intro", "questions", "at_once", "button", "thanks", "leads_to_id", "tells", "tags", "words", "invites"):
        setattr(copy, name, getattr(found, name))
    copy.words_version = 1 if copy.words else 0
    copy.save()
    return copy


def own_form(by: Member, form: UUID) -> Form:
    """Of the member's organisation, held until the end of the transaction. Raises NotFound."""
    found = Form.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk=form).first()
    if found is None:
        raise NotFound
    return found


def _checked(questions: Sequence[Question], known: object) -> list[Question]:
    if len(questions) > rules.MOST_QUESTIONS:
        raise Refusal(_("A form asks at most %(most)s questions.") % {"most": rules.MOST_QUESTIONS})
    sorts = [one.sort for one in questions if one.sort in rules.ONCE_EACH]
    if len(sorts) != len(set(sorts)):
        raise Refusal(_("Name, e-mail and phone are asked once each: take the second one away."))
    keys = [one.key for one in questions if one.key]
    if len(keys) != len(set(keys)) or not set(keys) <= set(known):  # type: ignore[call-overload]
        raise Refusal(_("The form was changed meanwhile. Load the page again."))
    return list(questions)


def _title(title: str) -> str:
    said = " ".join(title.split())[:120]
    if not said:
        raise Refusal(_("Give the form a name."), field="title")
    return said


def _slug(by: Member, title: str, but: Form | None = None) -> str:
    others = Form.objects.filter(organisation_id=by.organisation.pk)
    taken = set((others.exclude(pk=but.pk) if but else others).values_list("slug", flat=True))
    return free_slug(slug_of(title), taken.__contains__)


def _page(by: Member, entry: UUID | None) -> Entry | None:
    return Entry.objects.filter(organisation_id=by.organisation.pk, pk=entry, kind="page").first() if entry else None
