"""One product: describe it, price it, show it."""

from __future__ import annotations

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.money import Money
from oportuno.kernel.routes import spoken
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.forms import (
    CombiningForm,
    FileForm,
    JoinForm,
    OtherPriceForm,
    PictureForm,
    ProductForm,
    VariantForm,
    VariantRowForm,
    initial_of,
)
from oportuno.offer.catalogue.models import Offer, OfferPrice
from oportuno.offer.catalogue.queries import desk
from oportuno.offer.catalogue.queries.editing import EditedVariant, editing
from oportuno.offer.catalogue.views.products import as_id
from oportuno.offer.media import api as media
from oportuno.people.organisations.api import MemberRequest, member

GET_OR_POST = ["GET", "HEAD", "POST"]
TAKEN = "catalogue_pictures_taken_away"


@member("edit catalogue")
@require_http_methods(GET_OR_POST)
def new_product(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/productos/nuevo/"""
    here = request.member.organisation
    form = ProductForm(
        request.POST or None, request.FILES or None, organisation=here, initial={"category": request.GET.get("category", "")}
    )
    kept = _kept_pictures(request, form)
    if request.method == "POST" and form.is_valid():
        words = form.words()
        try:
            assert words is not None
            with transaction.atomic():
                offer = api.create_product(
                    words=words, listing=form.listing(), on_hand=form.cleaned_data["on_hand"], by=request.member.id, at=now()
                )
                if kept:
                    described, _own = desk.product_of(offer)
                    api.attach_pictures(product=described, pictures=[one.pk for one in kept], by=request.member.id, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Saved.") if kept else _("Saved. Add pictures now: products with pictures are opened far more often."))
            return redirect("catalogue:product", organisation=here.slug, offer=offer.pk)
    context = {"form": form, "here": here.slug, "kept": kept}
    return page(request, "catalogue/product.html#attributes", context, status=422 if form.errors else 200)


def _kept_pictures(request: MemberRequest, form: ProductForm) -> list[media.Picture]:
    """Pictures that came with the form are kept at once, so that a mistake elsewhere in it does not lose them."""
    kept = [pk for one in request.POST.getlist("kept_picture")[:30] if (pk := as_id(one))]
    for file in request.FILES.getlist("pictures")[:30]:
        try:
            kept.append(media.keep_picture(file=cast(BinaryIO, file), name=file.name or "", by=request.member.id, at=now()).pk)
        except Refusal as refusal:
            form.add_error("pictures", str(refusal))
    own = {pk: one for pk, one in media.pictures(kept).items() if one.organisation_id == request.member.organisation.pk}
    return [own[pk] for pk in dict.fromkeys(kept) if pk in own]


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
    return show_product(request, found, form)


def show_product(
    request: MemberRequest,
    found: Offer,
    form: ProductForm | None = None,
    refusal: Refusal | None = None,
    parts: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page of one product; `parts` are the forms beside it that somebody just filled in, such as `variant_form`."""
    here = request.member.organisation
    described, own = desk.product_of(found)
    shelf = api.shelves().by_id.get(described.category_id or 0)
    form = form or ProductForm(organisation=here, own=own, is_new=False, initial=initial_of(found, described, shelf, here.currency))
    more = editing(found, described, own)
    filled = parts or {}
    rows = filled.get("rows") or {one.variant: _row_form(one, here.currency) for one in more.variants}
    context = {
        "form": form, "offer": found, "product": described, "own": own, "here": here.slug, "refusal": refusal,
        "more": more, "variant_rows": [(one, rows[one.variant]) for one in more.variants if one.variant in rows], "variant_form": VariantForm(currency=here.currency),
        "combining_form": CombiningForm(currency=here.currency), "price_form": OtherPriceForm(), "picture_form": PictureForm(),
        "file_form": FileForm(), "currency": here.currency, "taken": taken_of(request, found.pk), **filled,
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
            offer = api.join_product(named=said["gtin"], listing=listing, by=request.member.id, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            variants = _("It comes in several variants: mark below those you have and what each costs, then show it.")
            tell(request, variants if offer.has_variants else _("You offer this product now."))
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
def copies(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/productos/<id>/copias/: the same once more, hidden, to be changed into another."""
    here = request.member.organisation
    copied = api.copy_product(offer=desk.offer_for(here.pk, offer), by=request.member.id, at=now())
    tell(request, _("This is a hidden copy. Change what is different, then show it."))
    return redirect("catalogue:product", organisation=here.slug, offer=copied.pk)


@member("edit catalogue")
@require_POST
def archiving(request: MemberRequest, offer: UUID) -> HttpResponse:
    """POST …/productos/<id>/archivo/: put it away; it can be undone on the list."""
    here = request.member.organisation
    api.archive(offers=[desk.offer_for(here.pk, offer).pk], by=request.member.id, at=now())
    tell(request, _("Archived: out of your lists, its history kept."))
    return redirect("catalogue:products", organisation=here.slug)


@member("see")
@require_safe
def preview(request: MemberRequest, offer: UUID) -> HttpResponse:
    """GET …/productos/<id>/ficha/: the public address, if it is on show."""
    described, _own = desk.product_of(desk.offer_for(request.member.organisation.pk, offer))
    if not described.published:
        raise NotFound
    return redirect(spoken(f"/productos/{described.slug}/"))


def _row_form(one: EditedVariant, currency: str) -> VariantRowForm:
    price = one.price if one.price and one.price.currency == currency else None
    return VariantRowForm(initial={"price": price, "shown": one.active}, prefix=str(one.variant), currency=currency)


def taken_of(request: MemberRequest, offer: UUID) -> list[dict[str, Any]]:
    """Pictures that were just taken away from this product, for as long as nobody went elsewhere."""
    taken = request.session.get(TAKEN, {})
    return list(taken["pictures"]) if taken.get("offer") == str(offer) else []


def _undated(found: Offer) -> QuerySet[OfferPrice]:
    return OfferPrice.objects.filter(offer=found, starts_at__isnull=True, ends_at__isnull=True)
