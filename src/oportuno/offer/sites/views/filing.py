"""Categories, tags and authors in the workbench."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.media import api as media
from oportuno.offer.sites import api
from oportuno.offer.sites.forms.sites import AuthorForm, TermForm
from oportuno.offer.sites.models import Author, Term
from oportuno.offer.sites.queries.entries import authors_of, terms_of
from oportuno.people.organisations.api import Member, MemberRequest, member


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/categorias/: both lists, and a form for a new one (`kind`)."""
    return _term(request, None, "tag" if request.GET.get("kind") == "tag" else "category")


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: MemberRequest, term: UUID) -> HttpResponse:
    """/desk/<organisation>/sitio/categorias/<id>/"""
    found = Term.objects.filter(organisation_id=request.member.organisation.pk, pk=term).first()
    if found is None:
        raise NotFound
    return _term(request, found, found.kind)


@member("publish content")
@require_POST
def removal(request: MemberRequest, term: UUID) -> HttpResponse:
    """POST /desk/<organisation>/sitio/categorias/<id>/retiro/"""
    gone = api.remove_term(term=term, by=request.member, at=now())
    tell(request, _("“%(name)s” is gone; the posts that had it stay.") % {"name": gone.name})
    return redirect("sites:terms", organisation=request.member.organisation.slug)


def _term(request: MemberRequest, found: Term | None, kind: str) -> HttpResponse:
    here = request.member
    categories = terms_of(here.organisation.pk, "category")
    form = TermForm(request.POST or None, term=found, kind=kind, categories=categories)
    refusal = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        parent = UUID(said["parent"]) if said.get("parent") else None
        try:
            api.change_term(
                term=found.pk if found else None, kind=kind, name=said["name"], slug=said["slug"], description=said["description"],
                parent=parent, by=here, at=now(),
            )  # fmt: skip
            tell(request, _("Saved."))
            return redirect("sites:terms", organisation=here.organisation.slug)
        except Refusal as refused:
            refusal = refused
            if refused.field in form.fields:
                form.add_error(refused.field, str(refused))
    context = {
        "form": form,
        "term": found,
        "kind": kind,
        "categories": categories,
        "tags": terms_of(here.organisation.pk, "tag"),
        "refusal": refusal,
        "here": here.organisation.slug,
    }
    return page(request, "sites/desk/terms.html", context, status=refusal.status if refusal else 422 if form.errors else 200)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def authors(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/autores/: the list, and a form for a new one."""
    return _author(request, None)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def author(request: MemberRequest, author: UUID) -> HttpResponse:
    """/desk/<organisation>/sitio/autores/<id>/"""
    found = Author.objects.filter(organisation_id=request.member.organisation.pk, pk=author).select_related("picture").first()
    if found is None:
        raise NotFound
    return _author(request, found)


def _author(request: MemberRequest, found: Author | None) -> HttpResponse:
    here = request.member
    form = AuthorForm(request.POST or None, request.FILES or None, author=found)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            _keep(form, found, here, now())
            tell(request, _("Saved."))
            return redirect("sites:authors", organisation=here.organisation.slug)
        except Refusal as refused:
            refusal = refused
            if refused.field in form.fields:
                form.add_error(refused.field, str(refused))
    context = {
        "form": form,
        "author": found,
        "authors": authors_of(here.organisation.pk),
        "refusal": refusal,
        "here": here.organisation.slug,
    }
    return page(request, "sites/desk/authors.html", context, status=refusal.status if refusal else 422 if form.errors else 200)


def _keep(form: AuthorForm, found: Author | None, by: Member, at: datetime) -> None:
    said = dict(form.cleaned_data)
    picture, no_picture = said.pop("picture"), said.pop("no_picture")
    if picture:
        said["picture_id"] = media.keep_picture(file=picture, name=picture.name, by=by.id, at=at, alt=said["name"]).pk
    elif no_picture:
        said["picture_id"] = None
    api.change_author(author=found.pk if found else None, by=by, at=at, **said)
