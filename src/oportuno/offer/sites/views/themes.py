"""The site's theme in the workbench: the gallery, trying on and adjusting, going back, files of themes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.middleware import framing_ourselves
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.sites.actions import themes as actions
from oportuno.offer.sites.forms.themes import LookForm, Swatch, ThemeFileForm
from oportuno.offer.sites.models import Site
from oportuno.offer.sites.queries.sites import own_site, site_of
from oportuno.offer.sites.queries.themes.exporting import exported
from oportuno.offer.sites.queries.themes.finding import appearance, is_offered
from oportuno.offer.sites.queries.themes.fitting import Fitting, fitting
from oportuno.offer.sites.queries.themes.gallery import PAGE, gallery, last_change, name_of, newer_of, remarks_of, use_of, worn_version
from oportuno.offer.sites.queries.themes.shipped import USUAL, shipped
from oportuno.offer.sites.queries.themes.trying import Trial
from oportuno.offer.sites.queries.themes.words import told
from oportuno.offer.sites.rules.themes.remarks import Remark
from oportuno.people.organisations.api import MemberRequest, member

VIEWED = (
    ("inicio", gettext_lazy("First page")),
    ("bitacora", gettext_lazy("Blog")),
    ("ultima", gettext_lazy("Newest post")),
    ("pagina", gettext_lazy("Sample of all blocks")),
    ("entrada", gettext_lazy("Sample of a post")),
)


@member("see")
@require_safe
def themes(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/sitio/tema/: what the site wears, and the gallery."""
    return _gallery(request)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def adjusting(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/tema/ajustes/?tema=: try a theme on, adjust it, keep it. `do`: try or keep."""
    site = own_site(request.member.organisation.pk)
    key = _asked(request, site)
    fitted = fitting(key, site.look if key == site.theme else {})
    if request.method != "POST":
        return _adjusting(request, site, fitted, _form(fitted))
    fitted, form = _chosen(request, fitted)
    if request.POST.get("do") != "keep":
        return _adjusting(request, site, fitted, form)
    try:
        _must_read(fitted)
        actions.wear(theme=key, look=fitted.look.as_json(), by=request.member, at=now())
    except Refusal as refusal:
        return _adjusting(request, site, fitted, form, refusal)
    tell(request, _("Kept. Visitors see it at once."))
    return redirect("sites:themes", organisation=request.member.organisation.slug)


@member("publish content")
@require_POST
def trying(request: MemberRequest) -> JsonResponse:
    """POST /desk/<organisation>/sitio/tema/prueba/?tema=: for the page's own script: how it looks, and how it reads."""
    site = own_site(request.member.organisation.pk)
    key = _asked(request, site)
    fitted, _valid = _chosen(request, fitting(key, {}))
    look = appearance(key, fitted.look.as_json())
    trial = Trial(site.organisation_id, key, fitted.look.as_json(), site.language)
    address = trial.address(at=now())
    return JsonResponse(
        {
            "address": address,
            "stylesheet": f"{address}tema.{look.digest}.css",
            "classes": f"site-page {look.classes}",
            "ground": look.ground,
            "variation": fitted.look.variation,
            "palette": _colours(fitted) if request.POST.get("of", "") != fitted.look.variation else {},
            "readings": render_to_string("sites/themes/readings.html", {"readings": fitted.told()}, request=request),
        }
    )


@member("publish content")
@require_POST
def return_of_look(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/sitio/tema/vuelta/: what the site wore before (`do=undo`), or the theme as it is (`do=reset`)."""
    site = own_site(request.member.organisation.pk)
    try:
        if request.POST.get("do") == "reset":
            actions.wear(theme=site.theme, look={}, by=request.member, at=now())
        else:
            actions.undo_look(by=request.member, at=now())
    except Refusal as refusal:
        return _gallery(request, refusal=refusal)
    tell(request, _("Done. Visitors see it at once."))
    return redirect("sites:themes", organisation=request.member.organisation.slug)


@member("publish content")
@require_POST
def rating(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/sitio/tema/estrellas/"""
    worn = worn_version(own_site(request.member.organisation.pk))
    if worn is None:
        raise NotFound
    stars = request.POST.get("stars", "")
    try:
        actions.rate_theme(theme=UUID(str(worn.theme_id)), stars=int(stars) if stars.isdigit() else 0, by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        return _gallery(request, refusal=refusal)
    tell(request, _("Thank you: other sellers see the stars."))
    return redirect("sites:themes", organisation=request.member.organisation.slug)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def theme_file(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/tema/archivo/: GET takes the worn theme away with its adjustments, POST brings one for the own site."""
    site = own_site(request.member.organisation.pk)
    if request.method != "POST":
        name, content = exported(site.theme, site.look)
        response = HttpResponse(content, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response
    form = ThemeFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _gallery(request, form=form, status=422)
    try:
        version = actions.bring_theme(file=form.cleaned_data["file"], by=request.member, at=now())
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return _gallery(request, form=form, status=refusal.status)
    left_out = len(version.remarks)
    tell(request, _("Here it is. Look at it before you keep it.") if not left_out else _("Here it is. Some parts of it were left out; they are listed below."))  # fmt: skip
    address = reverse("sites:theme_adjusting", kwargs={"organisation": request.member.organisation.slug})
    return redirect(f"{address}?tema={version.key}")


def _gallery(request: MemberRequest, *, form: Any = None, refusal: Refusal | None = None, status: int = 0) -> HttpResponse:
    here = request.member.organisation
    site = site_of(here.pk)
    if site is None:
        return redirect("sites:founding", organisation=here.slug)
    at = now()
    after = request.GET.get("after", "")
    start = int(after) if after.isdigit() and int(after) < 10_000 else 0
    cards, more = gallery(site, after=start, at=at)
    context = {
        "site": site,
        "here": here.slug,
        "cards": cards,
        "after": start + PAGE if more else "",
        "worn": next((one for one in cards if one.worn), None),
        "worn_sample": Trial(site.organisation_id, site.theme, site.look, site.language).address(at=at),
        "newer": newer_of(site, at=at),
        "use": use_of(site),
        "changed": last_change(here.pk),
        "is_adjusted": bool(site.look),
        "may_publish": request.member.may("publish content"),
        "form": form or ThemeFileForm(),
        "refusal": refusal,
        "stars": (1, 2, 3, 4, 5),
    }
    return framing_ourselves(page(request, "sites/themes/gallery.html", context, status=status or (refusal.status if refusal else 200)))


def _asked(request: MemberRequest, site: Site) -> str:
    """The theme that `?tema=` names, or what the site wears. Raises NotFound for one that is not offered to it."""
    key = request.GET.get("tema", "") or site.theme
    if not is_offered(key, site.organisation_id):
        if key != site.theme:
            raise NotFound
        return USUAL
    return key


def _form(fitted: Fitting, data: Any = None) -> LookForm:
    return LookForm(
        data,
        look=fitted.look,
        palette=[Swatch(*one) for one in fitted.palette()],
        dark=[Swatch(*one) for one in fitted.dark_palette()],
        fonts=fitted.fonts(),
        variations=fitted.variations(),
    )


def _chosen(request: MemberRequest, fitted: Fitting) -> tuple[Fitting, LookForm]:
    """The theme as the form says it. `use`: an offered colour that was taken, "colour-accent:#123456".

    `of` is the variation whose colours the form showed: those of another one begin as the theme has them.
    """
    said = request.POST.copy()
    name, _mark, colour = said.get("use", "").partition(":")
    if colour:
        said[name] = colour
    wanted = fitting(fitted.key, {"variation": said.get("variation", "")})
    if said.get("of", "") != wanted.look.variation:
        for field, usual in _colours(wanted).items():
            said[field] = usual
    form = _form(wanted, said)
    form.is_valid()
    return fitting(fitted.key, form.look()), form


def _colours(fitted: Fitting) -> dict[str, str]:
    """Fields of the form with the colours that the theme has there."""
    light = {f"colour-{slug}": colour for slug, _name, colour in fitted.palette()}
    return light | {f"dark-{slug}": colour for slug, _name, colour in fitted.dark_palette()}


def _must_read(fitted: Fitting) -> None:
    """Own colours have to be readable; a theme's are looked at in its review."""
    if not (fitted.look.colours or fitted.look.dark_colours):
        return
    failing = [one for one in fitted.told() if not one.passes]
    if failing:
        words = ", ".join(dict.fromkeys(one.words.lower() for one in failing))
        raise Refusal(_("Not everybody can read this yet: %(what)s. Take the colours that are offered, or others.") % {"what": words})


def _adjusting(request: MemberRequest, site: Site, fitted: Fitting, form: LookForm, refusal: Refusal | None = None) -> HttpResponse:
    viewed = request.POST.get("pagina") or request.GET.get("pagina") or "inicio"
    viewed = viewed if viewed in dict(VIEWED) else "inicio"
    trial = Trial(site.organisation_id, fitted.key, fitted.look.as_json(), site.language)
    context = {
        "site": site,
        "here": request.member.organisation.slug,
        "fitted": fitted,
        "form": form,
        "refusal": refusal,
        "readings": fitted.told(),
        "preview": trial.address(at=now(), page=viewed),
        "pages": VIEWED,
        "viewed": viewed,
        "name": _name(fitted),
        "remarks": told(_remarks(fitted)),
        "is_worn": fitted.key == site.theme,
    }
    return framing_ourselves(page(request, "sites/themes/adjusting.html", context, status=refusal.status if refusal else 200))


def _name(fitted: Fitting) -> str:
    return shipped()[fitted.key].header.name if fitted.key in shipped() else name_of(fitted.key)


def _remarks(fitted: Fitting) -> list[Remark]:
    """What was left out of a theme that the organisation brought."""
    return [*remarks_of(fitted.key), *fitted.compiled().remarks]
