"""One product: describe it, price it, show it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.money import Money
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.forms import JoinForm, OtherPriceForm, PictureForm, ProductForm, VariantForm, initial_of, show_refusal
from oportuno.offer.catalogue.models import Offer, OfferPrice
from oportuno.offer.catalogue.queries import desk
from oportuno.offer.catalogue.queries.editing import editing
from oportuno.people.organisations.api import MemberRequest, member

GET_OR_POST = ["GET", "HEAD", "POST"]


@member("edit catalogue")
@require_http_methods(GET_OR_POST)
def new_product(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/productos/nuevo/"""
    here = request.member.organisation
    form = ProductForm(request.POST or None, organisation=here, initial={"category": request.GET.get("category", "")})
    if request.method == "POST" and form.is_valid():
        words = form.words()
        try:
            assert words is not None
            offer = api.create_product(
                words=words, listing=form.listing(), on_hand=form.cleaned_data["on_hand"], by=request.member.id, at=now()
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Saved. Add pictures now: products with pictures are opened far more often."))
            return redirect("catalogue:product", organisation=here.slug, offer=offer.pk)
    return page(request, "catalogue/product.html#attributes", {"form": form, "here": here.slug}, status=422 if form.errors else 200)


@member("edit catalogue")
@require_http_methods(GET_OR_POST)
def product(request: MemberRequest, offer: UUID) -> HttpResponse:
    """/desk/<organisation>/productos/<id>/"""
    here = request.member.organisation
    found = desk.offer_for(here.pk, offer)
    described, own = desk.product_of(found)
    shelf = api.shelves().by_id.get(described.category_id or 0)
    initial = initial_of(found, described, shelf, here.currency)
    asked = request.GET.get("category")
    form = ProductForm(
        request.POST or None, organisation=here, own=own, is_new=False, initial=initial | ({"category": asked} if asked is not None else {})
    )
    if request.method == "POST" and form.is_valid():
        try:
            others = [Money(one.amount_minor, one.currency) for one in _undated(found).exclude(currency=here.currency)]
            api.edit_product(offer=found, words=form.words(), listing=form.listing(others), by=request.member.id, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Saved."))
            return redirect("catalogue:product", organisation=here.slug, offer=found.pk)
    return _product(request, found, form)


def _product(request: MemberRequest, found: Offer, form: ProductForm | None = None, refusal: Refusal | None = None) -> HttpResponse:
    here = request.member.organisation
    described, own = desk.product_of(found)
    shelf = api.shelves().by_id.get(described.category_id or 0)
    form = form or ProductForm(organisation=here, own=own, is_new=False, initial=initial_of(found, described, shelf, here.currency))
    context = {
        "form": form, "offer": found, "product": described, "own": own, "here": here.slug, "refusal": refusal,
        "more": editing(found, described, own), "variant_form": VariantForm(currency=here.currency),
        "price_form": OtherPriceForm(), "picture_form": PictureForm(),
    }  # fmt: skip
    return page(request, "catalogue/product.html#attributes", context, status=refusal.status if refusal else 422 if form.errors else 200)


@member("edit catalogue")
@require_http_methods(GET_OR_POST)
def joining(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/productos/existente/: offer a product that the market has, by its barcode."""
    here = request.member.organisation
    form = JoinForm(request.POST or None, currency=here.currency)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        listing = api.Listing(sku=said["sku"], prices=[said["price"]] if said["price"] else [], quote_only=not said["price"])
        try:
            offer = api.join_product(gtin=said["gtin"], listing=listing, by=request.member.id, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("You offer this product now."))
            return redirect("catalogue:product", organisation=here.slug, offer=offer.pk)
    return page(request, "catalogue/joining.html", {"form": form, "here": here.slug}, status=422 if form.errors else 200)


@member("edit catalogue")
@require_POST
def publication(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/productos/<id>/publicacion/ with `active` 1 or 0."""
    found = desk.offer_for(request.member.organisation.pk, offer)
    active = request.POST.get("active") == "1"
    api.set_active(offers=[found.pk], active=active, by=request.member.id, at=now())
    tell(request, _("Buyers see it now, once you are on show yourself.") if active else _("Hidden from buyers."))
    return redirect("catalogue:product", organisation=request.member.organisation.slug, offer=found.pk)


@member("edit catalogue")
@require_POST
def variants(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/productos/<id>/variantes/: one more variant, or a change of one with the same options."""
    here = request.member.organisation
    found = desk.offer_for(here.pk, offer)
    _described, own = desk.product_of(found)
    if not own:
        raise NotFound
    form = VariantForm(request.POST, currency=here.currency)
    try:
        if not form.is_valid():
            raise Refusal(" ".join(str(error) for errors in form.errors.values() for error in errors), field="options")
        api.put_variant(offer=found, form=form.form(), by=request.member.id, at=now())
    except Refusal as refusal:
        return _product(request, found, refusal=refusal)
    tell(request, _("Saved."))
    return redirect("catalogue:product", organisation=here.slug, offer=found.pk)


@member("edit catalogue")
@require_POST
def prices(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/productos/<id>/precios/: one more price, or (with `remove`) one less."""
    here = request.member.organisation
    found = desk.offer_for(here.pk, offer)
    form = OtherPriceForm(request.POST)
    try:
        if request.POST.get("remove"):
            api.remove_price(offer=found, price=UUID(request.POST["remove"]), by=request.member.id, at=now())
        elif not form.is_valid():
            raise Refusal(" ".join(str(error) for errors in form.errors.values() for error in errors))
        else:
            said = form.cleaned_data
            zone = ZoneInfo(here.time_zone)
            starts, ends = _start(said["starts_on"], zone), _start(said["ends_on"] + timedelta(days=1) if said["ends_on"] else None, zone)
            api.put_price(offer=found, amount=said["amount"], starts=starts, ends=ends, by=request.member.id, at=now())
    except ValueError as error:
        raise NotFound from error
    except Refusal as refusal:
        return _product(request, found, refusal=refusal)
    tell(request, _("Saved."))
    return redirect("catalogue:product", organisation=here.slug, offer=found.pk)


def _start(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time.min, zone) if day else None


@member("edit catalogue")
@require_POST
def pictures(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/productos/<id>/imagenes/: one more, or a new order, texts and those taken away."""
    here = request.member.organisation
    found = desk.offer_for(here.pk, offer)
    described, own = desk.product_of(found)
    if not own:
        raise NotFound
    try:
        if "picture" in request.FILES:
            form = PictureForm(request.POST, request.FILES)
            if not form.is_valid():
                raise Refusal(" ".join(str(error) for errors in form.errors.values() for error in errors))
            file = form.cleaned_data["picture"]
            api.add_picture(
                product=described, file=file, name=file.name or "", alt=form.cleaned_data["alt"], by=request.member.id, at=now()
            )
        else:
            kept = [UUID(one) for one in request.POST.getlist("picture_id") if one not in request.POST.getlist("remove")]
            texts = {one: request.POST.get(f"alt_{one}", "") for one in kept}
            order = sorted(kept, key=lambda one: int(request.POST.get(f"position_{one}", "0") or 0))
            api.arrange_pictures(product=described, order=order, texts=texts, by=request.member.id, at=now())
    except ValueError as error:
        raise NotFound from error
    except Refusal as refusal:
        return _product(request, found, refusal=refusal)
    tell(request, _("Saved."))
    return redirect("catalogue:product", organisation=here.slug, offer=found.pk)


@member("see")
@require_safe
def preview(request: MemberRequest, offer: UUID) -> HttpResponse:
    """GET …/productos/<id>/ficha/: the public address, if it is on show."""
    described, _own = desk.product_of(desk.offer_for(request.member.organisation.pk, offer))
    if not described.published:
        raise NotFound
    return redirect(f"/productos/{described.slug}/")


def _undated(found: Offer) -> QuerySet[OfferPrice]:
    return OfferPrice.objects.filter(offer=found, starts_at__isnull=True, ends_at__isnull=True)
