"""An organisation's guides: the list, one of them whole, and what becomes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_public
from oportuno.kernel.ui.pages import page, refuse, show_refusal, tell
from oportuno.offer.guides.actions import publishing, writing
from oportuno.offer.guides.forms import CoverForm, FileForm, PublishingForm
from oportuno.offer.guides.models import Guide, VersionState
from oportuno.offer.guides.queries import asking, desk
from oportuno.offer.guides.queries.figures import figures_of
from oportuno.offer.guides.queries.results import ANSWER, address_of, answers_in, criteria
from oportuno.offer.guides.queries.templates import template_for, templates
from oportuno.offer.guides.queries.vertical import Vertical
from oportuno.offer.guides.rules.checking import remarks
from oportuno.offer.guides.rules.document import read
from oportuno.offer.guides.rules.walking import walk
from oportuno.offer.guides.views.parts import TONES, outline, remark_words
from oportuno.offer.search import api as search
from oportuno.people.organisations.api import MemberRequest, member


@member("see")
@require_safe
def guides(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/guias/"""
    context = {
        "here": request.member.organisation.slug,
        "lines": desk.own_guides(),
        "tones": TONES,
        "may_write": request.member.may("write content"),
        "is_operator": request.member.organisation.is_operator,
    }
    return page(request, "guides/guides.html", context)


@member("write content")
@require_http_methods(["GET", "HEAD", "POST"])
def new_guide(request: MemberRequest) -> HttpResponse:
    """GET and POST /desk/<organisation>/guias/nueva/: from nothing, or (`plantilla`) from one of the vertical's."""
    here, template = request.member.organisation.slug, template_for(request.GET.get("plantilla", ""))
    form = CoverForm(request.POST or None, initial=template.beginning if template else {})
    if request.method == "POST" and form.is_valid():
        try:
            content = template.content if template else None
            version = writing.begin_guide(cover=form.cover, content=content, by=request.member, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("The guide is begun. Nobody sees it yet."))
            return redirect("guides:guide", organisation=here, guide=version.guide_id)
    context = {"here": here, "form": form, "templates": templates(), "template": template, "file": FileForm()}
    return page(request, "guides/cover.html", context, status=422 if form.errors else 200)


@member("see")
@require_safe
def guide(request: MemberRequest, guide: UUID) -> HttpResponse:
    """GET /desk/<organisation>/guias/<id>/: all it says, what is missing, how far people walk it."""
    return page(request, "guides/guide.html", _context(request, desk.guide_for(guide)))


@member("see")
@require_safe
def preview(request: MemberRequest, guide: UUID) -> HttpResponse:
    """GET …/vista/?r.…: walk what is being written, with its real counts; figures do not count it."""
    found = desk.guide_for(guide)
    version = desk.newest_version(found)
    content, answers = read(version.content), answers_in(request.GET)
    walked, language = walk(content, answers), get_language() or "es"
    with for_public():
        options = asking.counted(walked, walked.now, ()) if walked.now else []
        found_here = search.search(asking.question(walked.steps, limit=6), snippets=False) if walked.now is None else None
        loosen = asking.loosened(walked) if found_here is not None and not found_here.total else []
    pairs = address_of(walked)
    context = {
        "here": request.member.organisation.slug,
        "guide": found,
        "title": version.title.get("es", ""),
        "ask": walked.now.ask.in_(language) if walked.now else "",
        "hint": walked.now.hint.in_(language) if walked.now else "",
        "options": [
            (
                one.option.label.in_(language),
                one.option.why.in_(language),
                one.count,
                [*pairs, (f"{ANSWER}{walked.now.key}", one.option.key)],
            )
            for one in options
            if walked.now
        ],
        "criteria": criteria(walked.steps),
        "found": found_here,
        "loosen": [(one.step.question.ask.in_(language), one.count) for one in loosen],
    }
    return page(request, "guides/preview.html", context)


@member("publish content")
@require_POST
def publication(request: MemberRequest, guide: UUID) -> HttpResponse:
    """POST …/publicacion/: on show at once (the operator's), or to the market's review."""
    found, form = desk.guide_for(guide), PublishingForm(request.POST)
    news = form.cleaned_data["news"] if form.is_valid() else ""
    is_operator = request.member.organisation.is_operator
    try:
        (publishing.publish_guide if is_operator else publishing.hand_in_guide)(guide=found, news=news, by=request.member, at=now())
    except Refusal as refusal:
        return refuse(request, refusal, "guides/guide.html", _context(request, found))
    tell(request, _("It is on show.") if is_operator else _("Handed in. A person of the market looks at it and answers here."))
    return _to(request, found)


@member("publish content")
@require_POST
def taking_back(request: MemberRequest, guide: UUID) -> HttpResponse:
    """POST …/devolucion/: what waits for review is written on."""
    found = desk.guide_for(guide)
    publishing.take_back_guide(guide=found, by=request.member, at=now())
    tell(request, _("Taken back."))
    return _to(request, found)


@member("publish content")
@require_POST
def withdrawal(request: MemberRequest, guide: UUID) -> HttpResponse:
    """POST …/retiro/: nobody sees it any more, or (with `show`) everybody sees again what was on show."""
    found = desk.guide_for(guide)
    publishing.withdraw_guide(guide=found, by=request.member, at=now())
    tell(request, _("Nobody sees it any more."))
    return _to(request, found)


@member("write content")
@require_POST
def draft(request: MemberRequest, guide: UUID) -> HttpResponse:
    """POST …/borrador/: what was not published goes, or (with `number`) an older version is written on."""
    found = desk.guide_for(guide)
    try:
        if number := request.POST.get("number", ""):
            writing.go_back_to(guide=found, number=int(number) if number.isdigit() else 0, by=request.member, at=now())
            tell(request, _("The old version is the draft now. Publish it to show it."))
        else:
            writing.drop_draft(guide=found, by=request.member, at=now())
            tell(request, _("What was not published is gone."))
    except Refusal as refusal:
        return refuse(request, refusal, "guides/guide.html", _context(request, found))
    if not Guide.objects.filter(pk=found.pk).exists():
        return redirect("guides:guides", organisation=request.member.organisation.slug)
    return _to(request, found)


@member("see")
@require_safe
def version(request: MemberRequest, guide: UUID, number: int) -> HttpResponse:
    """GET …/versiones/<number>/: one version as it was."""
    found = desk.guide_for(guide)
    row, known = desk.version_for(found, number), Vertical()
    context = {
        "here": request.member.organisation.slug,
        "guide": found,
        "version": row,
        "outline": outline(read(row.content), known),
        "tones": TONES,
        "may_write": request.member.may("write content"),
    }
    return page(request, "guides/version.html", context)


def _to(request: MemberRequest, found: Guide) -> HttpResponse:
    return redirect("guides:guide", organisation=request.member.organisation.slug, guide=found.pk)


def _context(request: MemberRequest, found: Guide) -> dict[str, Any]:
    version, known = desk.newest_version(found), Vertical()
    content, at = read(version.content), now()
    wrong = remarks(content, known)
    editable = version.state != VersionState.WAITING
    return {
        "here": request.member.organisation.slug,
        "guide": found,
        "version": version,
        "title": version.title.get("es") or version.title.get("en", ""),
        "outline": outline(content, known),
        "remarks": [(remark_words(one), one) for one in wrong],
        "whole": not any(one.must for one in wrong),
        "is_draft": version.state != VersionState.PUBLISHED,
        "tones": TONES,
        "figures": figures_of(found, read(found.content), at.date(), get_language() or "es") if found.version else None,
        "versions": desk.versions_of(found),
        "form": PublishingForm(),
        "is_operator": request.member.organisation.is_operator,
        "may_write": request.member.may("write content") and editable,
        "may_publish": request.member.may("publish content"),
    }
