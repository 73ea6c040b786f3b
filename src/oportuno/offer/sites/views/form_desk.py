"""Forms in the workbench: the list, the builder, how visitors see them, what was answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.audit import audit
from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, tell, warn
from oportuno.offer.media.api import download
from oportuno.offer.sites import api
from oportuno.offer.sites.api import inquiries
from oportuno.offer.sites.forms.form_building import SORTS, Rows, SettingsForm
from oportuno.offer.sites.forms.forms import AnswerForm
from oportuno.offer.sites.models import Form, FormState
from oportuno.offer.sites.queries import forms as found_forms
from oportuno.offer.sites.queries.addresses import link_to
from oportuno.offer.sites.queries.desk import as_id
from oportuno.offer.sites.queries.entries import pages_in_tree
from oportuno.offer.sites.queries.forms_out import answers_sheet
from oportuno.offer.sites.rules import forms as rules
from oportuno.offer.sites.views.answering import LANGUAGES, Meta, place_before, show
from oportuno.people.audience.api import Contact, words_for
from oportuno.people.organisations.api import Member, MemberRequest, member, people_who_may

COLUMNS = 4  # answers shown in the list; all of them in the detail


@member("see")
@require_safe
def forms(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/sitio/formularios/"""
    here = request.member
    archived = request.GET.get("state") == FormState.ARCHIVED
    context = {
        "rows": found_forms.forms_in(here.organisation.pk, archived=archived),
        "archived": archived,
        "may_build": here.may("publish content"),
        "may_read": here.may("see contacts"),
        "here": here.organisation.slug,
    }
    return page(request, "sites/forms/desk/forms.html", context)


@member("publish content")
@require_POST
def beginning(request: MemberRequest) -> HttpResponse:
    """POST …/formularios/nuevo/"""
    here = request.member
    made = inquiries.begin_form(title=request.POST.get("title", ""), by=here, at=now())
    return redirect("sites:form", organisation=here.organisation.slug, form=made.pk)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: MemberRequest, form: UUID) -> HttpResponse:
    """…/formularios/<id>/: the builder. Moving and adding rows draws it anew; only saving keeps something."""
    here = request.member
    found = found_forms.form_for(here.organisation.pk, form)
    data = request.POST if request.method == "POST" else None
    settings = SettingsForm(data, form=found, pages=pages_in_tree(here.organisation.pk), team=_team(here))
    rows = Rows(rules.read_questions(found.questions), data)
    do, _dash, row = request.POST.get("do", "").partition("-")
    if data is not None and do in ("up", "down", "remove", "add"):
        rows.add(request.POST.get("sort", "")) if do == "add" else rows.move(do, int(row) if row.isdecimal() and row.isascii() else -1)
        return page(request, "sites/forms/desk/form.html#questions", _building(here, found, settings, rows, is_moved=True))
    refusal = None
    if data is not None and all([settings.is_valid(), rows.is_valid()]):
        try:
            _save(here, found, settings, rows, open_now=do == "open")
            tell(request, _("Saved. Anybody can answer it now.") if do == "open" else _("Saved."))
            return redirect("sites:form", organisation=here.organisation.slug, form=found.pk)
        except Refusal as refused:
            refusal = refused
    status = refusal.status if refusal else 422 if data is not None else 200
    return page(request, "sites/forms/desk/form.html", _building(here, found, settings, rows, refusal=refusal), status=status)


@member("publish content")
@require_POST
def state(request: MemberRequest, form: UUID) -> HttpResponse:
    """POST …/formularios/<id>/estado/: `do` open, draft, archived or copy"""
    here, do = request.member, request.POST.get("do", "")
    if do == "copy":
        made = inquiries.copy_form(form=form, by=here, at=now())
        tell(request, _("This is the copy: a draft of its own."))
        return redirect("sites:form", organisation=here.organisation.slug, form=made.pk)
    try:
        inquiries.set_form_state(form=form, state=do, by=here, at=now())
        tell(
            request,
            {"open": _("Anybody can answer it now."), "archived": _("It is archived; its answers stay.")}.get(
                do, _("It is a draft again.")
            ),
        )
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, refusal)
    return redirect("sites:forms", organisation=here.organisation.slug)


@member("see")
@require_safe
def preview(request: MemberRequest, form: UUID) -> HttpResponse:
    """GET …/formularios/<id>/vista/: inside the site and in its language, with nothing to send."""
    here = request.member
    found = found_forms.form_for(here.organisation.pk, form)
    site = api.own_site(here.organisation.pk)
    questions = rules.to_ask(rules.read_questions(found.questions), (), found.at_once)
    place = place_before(site, here.organisation, at=now())
    with translation.override(LANGUAGES.get(site.language, "es-co")):
        words, _version = inquiries.words_of(found, here.organisation, get_language() or "es", now())
        drawn = AnswerForm(
            questions=questions,
            at=now(),
            country=here.organisation.country,
            consents=rules.is_personal(questions),
            invites=bool(found.invites),
        )
        context = {
            "form": drawn, "title": found.title, "intro": found.intro, "button": found.button, "words": words, "trial": True, "anchor": "form",
            "invitation": words_for(here.organisation, found.invites, get_language() or "es", now()).text if found.invites else "",
        }  # fmt: skip
        meta = Meta(title=found.title, path=f"formulario/{found.slug}", indexed=False)
        return show(request, place, "sites/forms/page.html", meta, context)


@member("see contacts")
@require_safe
def answers(request: MemberRequest, form: UUID) -> HttpResponse:
    """GET …/formularios/<id>/respuestas/: the newest first."""
    here = request.member
    found = found_forms.form_for(here.organisation.pk, form)
    listed = found_forms.answers_page(found, after=request.GET.get("after", ""))
    people = Contact.objects.in_bulk([one.contact_id for one in listed.rows if one.contact_id])
    rows = [(one, people.get(one.contact_id), cells) for one, cells in found_forms.columns_of(found, listed.rows, most=COLUMNS)]
    context = {
        "form": found,
        "questions": found_forms.all_questions(found)[:COLUMNS],
        "rows": rows,
        "after": listed.after,
        "may_export": here.may("export contacts"),
        "may_build": here.may("publish content"),
        "here": here.organisation.slug,
    }
    return page(request, "sites/forms/desk/answers.html", context)


@member("see contacts")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: MemberRequest, form: UUID, answer: UUID) -> HttpResponse:
    """…/formularios/<id>/respuestas/<id>/: all of one; sent with `do` remove, it is gone for good (for who may edit contacts)."""
    here = request.member
    found = found_forms.form_for(here.organisation.pk, form)
    one = found_forms.answer_for(found, answer)
    if request.method == "POST":
        return _remove(request, found, one.pk)
    say = found_forms.teller()
    told = [(each, one.values.get(each.key), say(each, one.values.get(each.key))) for each in found_forms.all_questions(found)]
    context = {
        "form": found,
        "answer": one,
        "told": [row for row in told if row[2]],
        "contact": Contact.objects.filter(pk=one.contact_id).first() if one.contact_id else None,
        "may_remove": here.may("edit contacts"),
        "here": here.organisation.slug,
    }
    return page(request, "sites/forms/desk/answer.html", context)


def _remove(request: MemberRequest, found: Form, answer: UUID) -> HttpResponse:
    here = request.member
    if not here.may("edit contacts"):
        raise NotFound
    inquiries.remove_answer(answer=answer, by=here)
    audit("form answer removed", at=now(), by=here.id, form=str(found.pk), answer=str(answer))
    tell(request, _("The answer is gone, with its files."))
    return redirect("sites:form_answers", organisation=here.organisation.slug, form=found.pk)


@member("see contacts")
@require_safe
def file(request: MemberRequest, form: UUID, answer: UUID, key: str) -> HttpResponseBase:
    """GET …/respuestas/<id>/archivo/<question>/"""
    kept = found_forms.answer_for(found_forms.form_for(request.member.organisation.pk, form), answer).values.get(key)
    if not isinstance(kept, dict):
        raise NotFound
    return download(UUID(kept["document"]))


@member("export contacts")
@require_safe
def sheet(request: MemberRequest, form: UUID) -> HttpResponseBase:
    """GET …/formularios/<id>/respuestas.csv"""
    here = request.member
    found = found_forms.form_for(here.organisation.pk, form)
    audit("form answers exported", at=now(), by=here.id, form=str(found.pk))
    lines = answers_sheet(found, language=get_language() or "es", zone=here.organisation.time_zone)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@member("write content")
@require_safe
def choices(request: MemberRequest) -> HttpResponse:
    """GET …/formularios/eleccion/?q=&ids=: what the editor of documents offers: open forms of one's own."""
    words = request.GET.get("q", "")[:80].strip()
    own = Form.objects.filter(organisation_id=request.member.organisation.pk, state=FormState.OPEN).order_by("title")
    results = own.filter(title__icontains=words) if words else own
    chosen = own.filter(pk__in=[one for one in map(as_id, request.GET.get("ids", "")[:4000].split(",")) if one])
    return JsonResponse(
        {name: [{"id": str(one.pk), "title": one.title} for one in rows[:30]] for name, rows in (("results", results), ("chosen", chosen))}
    )


def _save(by: Member, found: Form, settings: SettingsForm, rows: Rows, *, open_now: bool) -> None:
    at = now()
    inquiries.change_form(form=found.pk, settings=settings.settings(), questions=rows.questions(), by=by, at=at)
    if open_now:
        inquiries.set_form_state(form=found.pk, state=FormState.OPEN, by=by, at=at)


def _building(by: Member, found: Form, settings: SettingsForm, rows: Rows, **more: Any) -> dict[str, Any]:
    site = api.site_of(by.organisation.pk)
    return {
        "form": found, "settings": settings, "rows": rows.forms, "sorts": SORTS.items(), "site": site, "here": by.organisation.slug,
        "address": link_to(by.organisation, f"formulario/{found.slug}"), "may_read": by.may("see contacts"), "refusal": None, **more,
    }  # fmt: skip


def _team(by: Member) -> list[Any]:
    return people_who_may(by.organisation, "see contacts")
