"""What else one does with an article of one's own: sources, taking back, talking, withdrawing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell, warn
from oportuno.offer.knowledge import api
from oportuno.offer.knowledge.forms.reviews import WithdrawalForm, WordsForm
from oportuno.offer.knowledge.forms.sources import PasteForm, SourceForm, initial_of
from oportuno.people.organisations.api import MemberRequest, member


@member("write content")
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: MemberRequest, article: UUID) -> HttpResponse:
    """/desk/<organisation>/conocimiento/<id>/fuentes/: paste sources from elsewhere."""
    here = request.member.organisation
    found = api.article_for(here.pk, article)
    form = PasteForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                brought = api.bring_sources(article=found.pk, text=form.cleaned_data["text"], by=request.member, at=now())
            except Refusal as refusal:
                form.add_error("text", str(refusal))
                status = refusal.status
            else:
                tell(request, ngettext("%(n)s source brought.", "%(n)s sources brought.", len(brought)) % {"n": len(brought)})
                return redirect(_sources(found.pk, here.slug))
    return page(request, "knowledge/desk/paste.html", {"here": here.slug, "row": found, "form": form}, status=status)


@member("write content")
@require_http_methods(["GET", "HEAD", "POST"])
def source(request: MemberRequest, article: UUID, source: UUID | None = None) -> HttpResponse:
    """/desk/<organisation>/conocimiento/<id>/fuentes/<source>/, or …/fuentes/nueva/."""
    here = request.member.organisation
    found = api.article_for(here.pk, article)
    row = next((one for one in api.references_of(found) if one.pk == source), None)
    if source is not None and row is None:
        raise NotFound
    form = SourceForm(request.POST or None, initial=initial_of(row.csl, row.key) if row else {"type": "article-journal"})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                api.keep_source(article=found.pk, source=source, key=form.cleaned_data["key"], csl=form.csl(), by=request.member, at=now())
            except Refusal as refusal:
                status = show_refusal(form, refusal)
            else:
                tell(request, _("Saved."))
                return redirect(_sources(found.pk, here.slug))
    context = {"here": here.slug, "row": found, "source": row, "form": form, "back": _sources(found.pk, here.slug)}
    return page(request, "knowledge/desk/source.html", context, status=status)


@member("write content")
@require_POST
def source_removal(request: MemberRequest, article: UUID, source: UUID) -> HttpResponse:
    """POST /desk/<organisation>/conocimiento/<id>/fuentes/<source>/retiro/"""
    api.remove_source(article=article, source=source, by=request.member, at=now())
    tell(request, _("Removed."))
    return redirect(_sources(article, request.member.organisation.slug))


@member("write content")
@require_POST
def return_to_writer(request: MemberRequest, article: UUID) -> HttpResponse:
    """POST /desk/<organisation>/conocimiento/<id>/devolucion/: one takes back what one handed in."""
    api.take_back(article=article, by=request.member, at=now())
    tell(request, _("Taken back: go on writing."))
    return redirect("knowledge-desk:article", organisation=request.member.organisation.slug, article=article)


@member("write content")
@require_POST
def comments(request: MemberRequest, article: UUID) -> HttpResponse:
    """POST /desk/<organisation>/conocimiento/<id>/comentarios/: say something to the market's staff."""
    form = WordsForm(request.POST)
    back = redirect("knowledge-desk:article", organisation=request.member.organisation.slug, article=article)
    if not form.is_valid():
        warn(request, " ".join(str(one) for one in form.errors.get("text", [])))
        return back
    try:
        api.comment(article=article, text=form.cleaned_data["text"], by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("Said. The market's staff reads it."))
    return back


@member("publish content")
@require_POST
def withdrawal(request: MemberRequest, article: UUID) -> HttpResponse:
    """POST /desk/<organisation>/conocimiento/<id>/retiro/: its page says that it was withdrawn, and why."""
    form = WithdrawalForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        api.withdraw_article(article=article, why=why, by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("Withdrawn: its page says so, and why."))
    return redirect("knowledge-desk:article", organisation=request.member.organisation.slug, article=article)


def _sources(article: UUID, here: str) -> str:
    return f"{reverse('knowledge-desk:article', args=[here, article])}#fuentes"
