"""Writing a guide, piece by piece: the cover, a question, an answer, what the answer asks of products."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, refuse, show_refusal, tell
from oportuno.offer.guides.actions import writing
from oportuno.offer.guides.forms import AboutForm, ConditionForm, CoverForm, OptionForm, QuestionForm
from oportuno.offer.guides.models import Guide, GuideVersion
from oportuno.offer.guides.queries import desk
from oportuno.offer.guides.queries.vertical import Vertical
from oportuno.offer.guides.rules import editing
from oportuno.offer.guides.rules.document import Content, Option, Question, read
from oportuno.people.organisations.api import MemberRequest, member

BOTH = ["GET", "HEAD", "POST"]
MOVES = {"up": -1, "down": 1}


@member("write content")
@require_http_methods(BOTH)
def cover(request: MemberRequest, guide: UUID) -> HttpResponse:
    """GET and POST …/portada/"""
    found, version = _open(guide)
    form = CoverForm(request.POST or None, version=version)
    if form.is_valid():
        try:
            revision = form.cleaned_data["revision"] or 0
            writing.change_cover(guide=found, cover=form.cover, revision=revision, by=request.member, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Saved."))
            return _to(request, found)
    context = {"here": request.member.organisation.slug, "guide": found, "form": form}
    return page(request, "guides/cover.html", context, status=422 if form.errors else 200)


@member("write content")
@require_http_methods(BOTH)
def new_question(request: MemberRequest, guide: UUID) -> HttpResponse:
    """GET and POST …/preguntas/nueva/"""
    found, version = _open(guide)
    return _question(request, found, version, None)


@member("write content")
@require_http_methods(BOTH)
def question(request: MemberRequest, guide: UUID, question: str) -> HttpResponse:
    """GET and POST …/preguntas/<key>/"""
    found, version = _open(guide)
    return _question(request, found, version, _question_at(read(version.content), question))


@member("write content")
@require_http_methods(BOTH)
def new_option(request: MemberRequest, guide: UUID, question: str) -> HttpResponse:
    """GET and POST …/preguntas/<key>/opciones/nueva/"""
    found, version = _open(guide)
    return _option(request, found, version, _question_at(read(version.content), question), None)


@member("write content")
@require_http_methods(BOTH)
def option(request: MemberRequest, guide: UUID, question: str, option: str) -> HttpResponse:
    """GET and POST …/opciones/<key>/"""
    found, version = _open(guide)
    asked = _question_at(read(version.content), question)
    known = asked.option(option)
    if known is None:
        raise NotFound
    return _option(request, found, version, asked, known)


@member("write content")
@require_http_methods(BOTH)
def conditions(request: MemberRequest, guide: UUID, question: str, option: str) -> HttpResponse:
    """GET …/condiciones/?about=… shows what can be said of it; POST adds it, or (`remove`) takes the one with that number away."""
    found, version = _open(guide)
    asked, known, at = _question_at(read(version.content), question), Vertical(), editing.At(question, option)
    chosen = asked.option(option)
    if chosen is None:
        raise NotFound
    if request.method == "POST" and (gone := request.POST.get("remove", "")):
        number = int(gone) if gone.isdigit() and len(gone) < 3 else -1
        return _change(request, found, lambda content: editing.remove_condition(content, at, number), "guides:option", at)
    about = (request.POST.get("about") or request.GET.get("about", ""))[:120]
    if about not in _abouts(known):
        raise NotFound
    form = ConditionForm(request.POST or None, about=about, known=known, initial={"revision": version.revision})
    if form.is_valid():
        condition = form.condition
        return _change(request, found, lambda content: editing.put_condition(content, at, condition), "guides:option", at)
    context = {
        "here": request.member.organisation.slug,
        "guide": found,
        "question": asked,
        "option": chosen,
        "form": form,
        "about": dict(_flat(AboutForm(known=known))).get(about, ""),
    }
    return page(request, "guides/condition.html", context, status=422 if form.errors else 200)


@member("write content")
@require_POST
def order(request: MemberRequest, guide: UUID) -> HttpResponse:
    """POST …/orden/: `do` up, down or remove, of `question`, or of its `option`."""
    found = desk.guide_for(guide)
    at = editing.At(request.POST.get("question", ""), request.POST.get("option", ""))
    deed = request.POST.get("do", "")
    if deed == "remove":
        return _change(request, found, lambda content: editing.remove(content, at), "guides:guide", None)
    return _change(request, found, lambda content: editing.move(content, at, MOVES.get(deed, 0)), "guides:guide", None)


def _question(request: MemberRequest, found: Guide, version: GuideVersion, known: Question | None) -> HttpResponse:
    initial = {"revision": version.revision, **(QuestionForm.of(known) if known else {})}
    form = QuestionForm(request.POST or None, initial=initial)
    if form.is_valid():
        content = read(version.content)
        key = known.key if known else editing.key_for_question(content, form.cleaned_data["ask_es"])
        made = form.question(key)
        if _kept(request, found, form, lambda content: editing.put_question(content, made)):
            tell(request, _("Saved."))
            return redirect("guides:question", organisation=request.member.organisation.slug, guide=found.pk, question=key)
    context = {
        "here": request.member.organisation.slug,
        "guide": found,
        "question": known,
        "form": form,
        "language": get_language() or "es",
    }
    return page(request, "guides/question.html", context, status=422 if form.errors else 200)


def _option(request: MemberRequest, found: Guide, version: GuideVersion, asked: Question, known: Option | None) -> HttpResponse:
    content, vertical = read(version.content), Vertical()
    initial = {"revision": version.revision, **(OptionForm.of(known) if known else {})}
    form = OptionForm(request.POST or None, content=content, question=asked, initial=initial)
    if form.is_valid():
        key = known.key if known else editing.key_for_option(asked, form.cleaned_data["label_es"])
        made = form.option(key)
        if _kept(request, found, form, lambda content: editing.put_option(content, asked.key, made)):
            tell(request, _("Saved."))
            return redirect("guides:option", organisation=request.member.organisation.slug, guide=found.pk, question=asked.key, option=key)
    context = {
        "here": request.member.organisation.slug,
        "guide": found,
        "question": asked,
        "option": known,
        "form": form,
        "wants": [(vertical.label(one), vertical.words(one), vertical.has(one)) for one in known.conditions] if known else [],
        "about": AboutForm(known=vertical),
        "ask": asked.ask.in_(get_language() or "es"),
    }
    return page(request, "guides/option.html", context, status=422 if form.errors else 200)


def _kept(request: MemberRequest, found: Guide, form: forms.Form, change: Callable[[Content], Content]) -> bool:
    """Whether it could be saved; if not, the form says why."""
    try:
        writing.change_content(guide=found, change=change, revision=form.cleaned_data["revision"] or 0, by=request.member, at=now())
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True


def _change(request: MemberRequest, found: Guide, change: Callable[[Content], Content], back: str, at: editing.At | None) -> HttpResponse:
    """A change by one press, of the revision that the page showed."""
    shown = request.POST.get("revision", "")
    try:
        revision = int(shown) if shown.isdigit() and len(shown) < 9 else -1
        writing.change_content(guide=found, change=change, revision=revision, by=request.member, at=now())
    except Refusal as refusal:
        return refuse(request, refusal)
    where: dict[str, Any] = {"question": at.question, "option": at.option} if at else {}
    return redirect(reverse(back, kwargs={"organisation": request.member.organisation.slug, "guide": found.pk, **where}))


def _open(guide: UUID) -> tuple[Guide, GuideVersion]:
    found = desk.guide_for(guide)
    return found, desk.newest_version(found)


def _question_at(content: Content, key: str) -> Question:
    found = content.question(key)
    if found is None:
        raise NotFound
    return found


def _abouts(known: Vertical) -> set[str]:
    return {value for value, _label in _flat(AboutForm(known=known))}


def _flat(form: AboutForm) -> list[tuple[str, Any]]:
    return [pair for _group, pairs in form.fields["about"].choices for pair in pairs]  # type: ignore[attr-defined]


def _to(request: MemberRequest, found: Guide) -> HttpResponse:
    return redirect("guides:guide", organisation=request.member.organisation.slug, guide=found.pk)
