"""The site as a whole in the workbench: its state, its pages, its posts, its menus."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, tell, warn
from oportuno.offer.media import api as media
from oportuno.offer.sites import api
from oportuno.offer.sites.forms.sites import FoundingForm, MenuForm, SiteForm
from oportuno.offer.sites.models import State
from oportuno.offer.sites.queries import desk
from oportuno.offer.sites.queries.addresses import link_to, whole_address
from oportuno.offer.sites.queries.entries import pages_in_tree, terms_of
from oportuno.offer.sites.rules.menus import NAMES, Menus, read_menus
from oportuno.people.organisations.api import Member, MemberRequest, member


@member("see")
@require_safe
def site(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/sitio/: how it stands and what to do next."""
    here = request.member
    found = api.site_of(here.organisation.pk)
    if found is None:
        return redirect("sites:founding", organisation=here.organisation.slug)
    context = {
        "site": found,
        "counts": desk.counts(here.organisation.pk),
        "steps": desk.steps(found, here.organisation.slug),
        "latest": desk.latest(here.organisation.pk),
        "address": link_to(here.organisation, ""),
        "may_publish": here.may("publish content"),
        "may_write": here.may("write content"),
        "here": here.organisation.slug,
    }
    return page(request, "sites/desk/site.html", context)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def founding(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/inicio/: a site from a template, in a minute."""
    here = request.member
    if api.site_of(here.organisation.pk) and desk.counts(here.organisation.pk)["entries"]:
        return redirect("sites:site", organisation=here.organisation.slug)
    language = "en" if (get_language() or "es").startswith("en") else "es"
    templates = api.site_templates(language)
    form = FoundingForm(request.POST or None, initial={"title": here.organisation.name, "language": language}, templates=templates)
    refusal = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = api.begin_site(
                title=said["title"], language=said["language"], template=said["template"], open_now=True, by=here, at=now()
            )
            tell(
                request,
                _("Your site is open.")
                if made.published
                else _("Your site is ready: it opens by itself once the market has approved you."),
            )
            return redirect("sites:site", organisation=here.organisation.slug)
        except Refusal as refused:
            refusal = refused
    context = {"form": form, "refusal": refusal, "here": here.organisation.slug}
    return page(request, "sites/desk/founding.html", context, status=refusal.status if refusal else 422 if form.errors else 200)


@member("publish content")
@require_POST
def opening(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/sitio/apertura/: `open` 1 or 0"""
    here = request.member
    if request.POST.get("open") == "1":
        done = api.open_site(by=here, at=now())
        tell(request, _("Your site is open.") if done.published else _("It opens by itself once the market has approved you."))
    else:
        api.close_site(by=here, at=now())
        tell(request, _("Your site is closed: nobody outside sees it."))
    return redirect("sites:site", organisation=here.organisation.slug)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/ajustes/"""
    here = request.member
    found = api.own_site(here.organisation.pk)
    form = SiteForm(request.POST or None, request.FILES or None, site=found, pages=pages_in_tree(here.organisation.pk))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            _change(form, here, now())
            tell(request, _("Saved."))
            return redirect("sites:settings", organisation=here.organisation.slug)
        except Refusal as refused:
            refusal = refused
            if refused.field in form.fields:
                form.add_error(refused.field, str(refused))
    context = {"site": found, "form": form, "refusal": refusal, "here": here.organisation.slug}
    return page(request, "sites/desk/settings.html", context, status=refusal.status if refusal else 422 if form.errors else 200)


def _change(form: SiteForm, by: Member, at: datetime) -> None:
    said = dict(form.cleaned_data)
    logo, no_logo, home = said.pop("logo"), said.pop("no_logo"), said.pop("home")
    said["home_id"] = UUID(home) if home else None
    if logo:
        said["logo_id"] = media.keep_picture(file=logo, name=logo.name, by=by.id, at=at, alt=said["title"]).pk
    elif no_logo:
        said["logo_id"] = None
    api.change_site(by=by, at=at, **said)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def menus(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/menu/"""
    here = request.member
    found = api.own_site(here.organisation.pk)
    kept, tree = read_menus(found.menus), pages_in_tree(here.organisation.pk)
    forms = [MenuForm(request.POST or None, name=name, items=getattr(kept, name), pages=tree) for name in NAMES]
    refusal = None
    if request.method == "POST" and all(form.is_valid() for form in forms):
        try:
            api.change_menus(menus=_said(forms), by=here, at=now())
            tell(request, _("Saved."))
            return redirect("sites:menus", organisation=here.organisation.slug)
        except Refusal as refused:
            refusal = refused
    context = {"site": found, "forms": forms, "refusal": refusal, "here": here.organisation.slug, "is_usual": not kept.main}
    return page(request, "sites/desk/menus.html", context, status=refusal.status if refusal else 200)


def _said(forms: list[MenuForm]) -> Menus:
    try:
        return read_menus({form.name: form.lines() for form in forms})
    except ValueError:
        raise Refusal(_("A line leads to an address that is none: begin it with https:// or with a slash.")) from None


@member("manage organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def domains(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/dominio/: bring a domain; what to write into DNS for those that are here."""
    here = request.member
    site = api.own_site(here.organisation.pk)
    refusal = None
    if request.method == "POST":
        try:
            api.bring_domain(name=request.POST.get("name", ""), by=here, at=now())
            tell(request, _("Write the record into DNS now; we look for it every hour, and whenever you press the button."))
            return redirect("sites:domains", organisation=here.organisation.slug)
        except Refusal as refused:
            refusal = refused
    context = {
        "site": site,
        "domains": desk.domains(here.organisation.pk),
        "host": desk.market_host(),
        "address": whole_address(here.organisation, ""),
        "typed": request.POST.get("name", ""),
        "refusal": refusal,
        "here": here.organisation.slug,
    }
    return page(request, "sites/desk/domains.html", context, status=refusal.status if refusal else 200)


@member("manage organisation")
@require_POST
def domain(request: MemberRequest, domain: UUID) -> HttpResponse:
    """POST /desk/<organisation>/sitio/dominio/<id>/: `do` prove, main or remove"""
    here = request.member
    try:
        if request.POST.get("do") == "main":
            tell(request, _("%(name)s is the main address now.") % {"name": api.make_main(domain=domain, by=here, at=now()).name})
        elif request.POST.get("do") == "remove":
            tell(request, _("%(name)s is free again.") % {"name": api.give_back_domain(domain=domain, by=here, at=now())})
        else:
            tell(request, _("Your site is at %(name)s now.") % {"name": api.prove_domain(domain=domain, by=here, at=now()).name})
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, refusal)
    return redirect("sites:domains", organisation=here.organisation.slug)


@member("see")
@require_safe
def pages(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/sitio/paginas/: the tree of pages."""
    here = request.member
    found = api.site_of(here.organisation.pk)
    context = {"site": found, "rows": pages_in_tree(here.organisation.pk), "here": here.organisation.slug, **_mays(here)}
    return page(request, "sites/desk/pages.html", context)


@member("publish content")
@require_POST
def order(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/sitio/paginas/orden/: `page` one step `up` or `down` among its own."""
    here = request.member
    entry = desk.as_id(request.POST.get("page", ""))
    if entry is None:
        raise NotFound
    api.shift_page(entry=entry, up=request.POST.get("to") == "up", by=here, at=now())
    return redirect("sites:pages", organisation=here.organisation.slug)


@member("see")
@require_safe
def posts(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/sitio/blog/: the posts, the latest changed first."""
    here = request.member
    filters = desk.Filters.read(request.GET, here.id)
    found = desk.posts_page(here.organisation.pk, filters)
    context = {
        "site": api.site_of(here.organisation.pk),
        "found": found,
        "filters": filters,
        "states": [(one.value, one.label) for one in State if one != State.TRASHED],
        "categories": terms_of(here.organisation.pk, "category"),
        "counts": desk.counts(here.organisation.pk),
        "here": here.organisation.slug,
        **_mays(here),
    }
    return page(request, "sites/desk/posts.html", context)


@member("write content")
@require_safe
def thrown(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/sitio/papelera/"""
    here = request.member
    context = {"rows": desk.thrown_away(here.organisation.pk), "here": here.organisation.slug, **_mays(here)}
    return page(request, "sites/desk/bin.html", context)


@member("publish content")
@require_POST
def changes(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/sitio/cambios/: `do` bin, restore, publish or withdraw to those `selected`."""
    here = request.member
    verbs: dict[str, Any] = {
        "bin": api.trash_entry,
        "restore": api.untrash_entry,
        "publish": api.publish_entry,
        "withdraw": api.withdraw_entry,
    }
    verb = verbs.get(request.POST.get("do", ""))
    ids = [one for one in map(desk.as_id, request.POST.getlist("selected")[:200]) if one]
    done, refused = 0, ""
    for entry in ids if verb else []:
        try:
            verb(entry=entry, by=here, at=now())
            done += 1
        except Refusal as refusal:
            refused = str(refusal)
    if done:
        tell(request, ngettext("%(count)s piece changed.", "%(count)s pieces changed.", done) % {"count": done})
    if refused:
        warn(request, refused)
    back = request.POST.get("back", "posts")
    return redirect(reverse(f"sites:{back if back in ('posts', 'pages', 'bin') else 'posts'}", args=[here.organisation.slug]))


def _mays(by: Member) -> dict[str, bool]:
    return {"may_write": by.may("write content"), "may_publish": by.may("publish content")}
