"""What stands beside the form of a product: variants, prices, pictures, files. Each is a small form of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.pages import tell
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.forms import CombiningForm, FileForm, OtherPriceForm, PictureForm, VariantForm, VariantRowForm
from oportuno.offer.catalogue.models import Offer, Product
from oportuno.offer.catalogue.queries import desk
from oportuno.offer.catalogue.queries.editing import editing
from oportuno.offer.catalogue.views.product import TAKEN, show_product, taken_of
from oportuno.offer.catalogue.views.products import as_id
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import MemberRequest, member


def _own(request: MemberRequest, offer: UUID) -> tuple[Offer, Product]:
    """An offer whose product the organisation described itself. Raises NotFound."""
    found = desk.offer_for(request.member.organisation.pk, offer)
    described, own = desk.product_of(found)
    if not own:
        raise NotFound
    return found, described


def _saved(request: MemberRequest, found: Offer, part: str, told: str = "") -> HttpResponse:
    tell(request, told or _("Saved."))
    response = redirect("catalogue:product", organisation=request.member.organisation.slug, offer=found.pk)
    response["Location"] += f"#{part}"
    return response


def _settled(request: MemberRequest, found: Offer, part: str, name: str, form: forms.Form, work: Callable[[], str | None]) -> HttpResponse:
    """Do the work of a small form and go back to the page; what was typed stays where it cannot be done."""
    if not form.is_valid():
        return show_product(request, found, refusal=Refusal(_("Something is missing below: it is marked there.")), parts={name: form})
    try:
        told = work()
    except Refusal as refusal:
        return show_product(request, found, refusal=refusal, parts={name: form})
    return _saved(request, found, part, told or "")


@member("edit catalogue")
@require_POST
def variants(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/productos/<id>/variantes/: prices and visibility of those there; of one's own product one more, or all combinations."""
    currency = request.member.organisation.currency
    if "rows" in request.POST:
        return _variant_rows(request, desk.offer_for(request.member.organisation.pk, offer), currency)
    found, _described = _own(request, offer)
    said: dict[str, Any] = {"by": request.member.id, "at": now()}
    if "combinations" in request.POST:
        combining = CombiningForm(request.POST, currency=currency)

        def combine() -> str:
            given = combining.cleaned_data
            count = api.combine(offer=found, options=given["combinations"], price=given["combination_price"], **said)
            if not count:
                return _("All of these were there already.")
            made = ngettext("%(count)s variant made. Now give it its stock.", "%(count)s variants made. Now give each its stock.", count)
            return made % {"count": count}

        return _settled(request, found, "variants", "combining_form", combining, combine)
    form = VariantForm(request.POST, currency=currency)
    return _settled(request, found, "variants", "variant_form", form, lambda: api.put_variant(offer=found, form=form.form(), **said))


def _variant_rows(request: MemberRequest, found: Offer, currency: str) -> HttpResponse:
    """Prices and visibility of all variants at once."""
    described, own = desk.product_of(found)
    rows = {
        one.variant: VariantRowForm(request.POST, prefix=str(one.variant), currency=currency)
        for one in editing(found, described, own).variants
    }
    if not rows:
        raise NotFound
    try:
        if wrong := [str(error) for form in rows.values() for errors in form.errors.values() for error in errors]:
            raise Refusal(" ".join(wrong))
        api.arrange_variants(
            offer=found, prices={pk: form.cleaned_data["price"] for pk, form in rows.items()},
            shown={pk: form.cleaned_data["shown"] for pk, form in rows.items()}, currency=currency, by=request.member.id, at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        return show_product(request, found, refusal=refusal, parts={"rows": rows})
    return _saved(request, found, "variants")


@member("edit catalogue")
@require_POST
def prices(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/productos/<id>/precios/: one more price, or (with `remove`) one less."""
    here = request.member.organisation
    found = desk.offer_for(here.pk, offer)
    if request.POST.get("remove"):
        price = as_id(request.POST["remove"])
        if price is None:
            raise NotFound
        api.remove_price(offer=found, price=price, by=request.member.id, at=now())
        return _saved(request, found, "prices")
    form = OtherPriceForm(request.POST)

    def put() -> None:
        said, zone = form.cleaned_data, ZoneInfo(here.time_zone)
        starts, ends = _start(said["starts_on"], zone), _start(said["ends_on"] + timedelta(days=1) if said["ends_on"] else None, zone)
        api.put_price(offer=found, amount=said["amount"], starts=starts, ends=ends, by=request.member.id, at=now())

    return _settled(request, found, "prices", "price_form", form, put)


def _start(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time.min, zone) if day else None


@member("edit catalogue")
@require_POST
def pictures(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/productos/<id>/imagenes/: one more, a new order with texts and those taken away, or (with `restore`) those back."""
    found, described = _own(request, offer)
    said: dict[str, Any] = {"product": described, "by": request.member.id, "at": now()}
    if "restore" in request.POST:
        api.put_back(taken=taken_of(request, found.pk), **said)
        request.session.pop(TAKEN, None)
        return _saved(request, found, "pictures")
    if "picture_id" in request.POST:
        return _arranged(request, found, described)
    form = PictureForm(request.POST, request.FILES)

    def add() -> None:
        file = form.cleaned_data["picture"]
        api.add_picture(file=file, name=file.name or "", alt=form.cleaned_data["alt"], **said)

    return _settled(request, found, "pictures", "picture_form", form, add)


def _arranged(request: MemberRequest, found: Offer, described: Product) -> HttpResponse:
    given = [pk for one in request.POST.getlist("picture_id") if (pk := as_id(one))]
    away = set(request.POST.getlist("remove"))
    order = sorted((pk for pk in given if str(pk) not in away), key=lambda pk: _number(request.POST.get(f"position_{pk}", "")))
    texts = {pk: request.POST.get(f"alt_{pk}", "") for pk in order}
    taken = api.arrange_pictures(product=described, order=order, texts=texts, by=request.member.id, at=now())
    if taken:
        request.session[TAKEN] = {"offer": str(found.pk), "pictures": taken}
    return _saved(request, found, "pictures")


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 6 else 0


@member("edit catalogue")
@require_POST
def files(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/productos/<id>/archivos/: one more, or (with `remove`) one less."""
    found, described = _own(request, offer)
    if request.POST.get("remove"):
        file = as_id(request.POST["remove"])
        if file is None:
            raise NotFound
        api.remove_file(product=described, file=file, by=request.member.id, at=now())
        return _saved(request, found, "files")
    form = FileForm(request.POST, request.FILES)

    def add() -> None:
        kept = form.cleaned_data["file"]
        api.add_file(product=described, file=kept, name=kept.name or "", title=form.cleaned_data["title"], by=request.member.id, at=now())

    return _settled(request, found, "files", "file_form", form, add)


@open_to_all("a data sheet is handed out while a product on show of whoever keeps it names it")
@require_safe
def product_file(request: object, document: UUID) -> HttpResponseBase:
    """GET /archivos/<document>/: as an attachment that no browser interprets."""
    with for_organisation(api.owner_of(document)):
        return media.download(document)
