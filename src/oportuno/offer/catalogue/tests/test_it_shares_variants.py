"""Several sellers offer one product, each the variants he has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.money import Money
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.models import Offer, Product, Variant
from oportuno.offer.catalogue.queries.editing import editing
from oportuno.offer.catalogue.testing import bring_text, counts, of, sentences
from oportuno.offer.directory.testing import make_seller
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
GTIN = "7702004003508"
SHIRTS = f"""SKU,Título en español,Código de barras (GTIN),SKU del producto principal,Opciones,Precio,Existencias
CAMISA,Camisa de lino,{GTIN},,,,
CAMISA-R,,,CAMISA,Color: rojo,50000,3
CAMISA-A,,,CAMISA,Color: azul,52000,2
"""
THEIRS = "SKU,SKU del producto principal,Opciones,Precio,Existencias\n"


@pytest.fixture
def gala_too(approved: Actor, gala: Actor, dario: Actor, tmp_path: Path) -> Actor:
    """Gala sells as well; Alba has described a shirt in two colours."""
    make_seller(gala, dario)
    assert counts(bring_text(approved, tmp_path, SHIRTS)) == (3, 0, 0, 0)
    return gala


def join(actor: Actor, *forms: api.Form, **listing: Any) -> Offer:
    with for_organisation(of(actor).pk):
        return api.join_product(named=GTIN, listing=api.Listing(sku="G", **listing), forms=forms, by=actor.person.pk, at=now())


def page(actor: Actor) -> api.ProductPage:
    with for_organisation(of(actor).pk):
        slug = Product.objects.get().slug
    return api.product_page(slug, now())


def shown(actor: Actor) -> set[tuple[str, str, int]]:
    """(seller, variant, price) of all that can be bought."""
    found = page(actor)
    labels = {one.id: one.label for one in found.variants}
    return {
        (one.seller.slug, labels[one.variant], one.price.amount.minor // 100) for one in found.offers if one.variant and one.price
    }  # fmt: skip


def test_it_offers_the_variants_a_second_seller_has(approved: Actor, gala_too: Actor, client: Client) -> None:
    own = {("flores-de-alba", "rojo", 50_000), ("flores-de-alba", "azul", 52_000)}
    main = join(gala_too, prices=[Money.of(49_000, "COP")])
    assert (main.has_variants, main.active, shown(approved)) == (True, False, own)  # nothing shows before she said what she has
    with for_organisation(of(gala_too).pk):
        red, blue = editing(main, Product(pk=main.product_id), False).variants
        api.arrange_variants(
            offer=main, prices={red.variant: Money.of(48_000, "COP")}, shown={red.variant: True, blue.variant: False},
            currency="COP", by=gala_too.person.pk, at=now(),
        )  # fmt: skip
        api.set_active(offers=[main.pk], active=True, by=gala_too.person.pk, at=now())
    assert shown(approved) == own | {("viveros-gala", "rojo", 48_000)}
    told = client.get(f"/productos/{page(approved).slug}/").content.decode()
    assert list(re.findall(r'class="row-link" href="/v/([a-z-]+)/"', told)) == [
        "viveros-gala",
        "flores-de-alba",
        "flores-de-alba",
    ]
    assert set(api.catalogue_invariants().values()) == {0}


def test_it_goes_by_the_page_of_the_workbench(approved: Actor, gala_too: Actor) -> None:
    answer = gala_too.post(
        gala_too.desk("productos/existente/"), {"gtin": GTIN, "sku": "G", "price_amount": "49000", "price_currency": "MXN"}
    )
    assert answer.status_code == 302, answer.content.decode()
    with for_organisation(of(gala_too).pk):
        main = Offer.objects.get(sku="G")
        red, _blue = editing(main, Product(pk=main.product_id), False).variants
    told = gala_too.get(gala_too.desk(f"productos/{main.pk}/")).content.decode()
    assert "Mark the variants you have" in told or "Marca las variantes" in told
    gala_too.post(
        gala_too.desk(f"productos/{main.pk}/variantes/"),
        {"rows": "1", f"{red.variant}-price_amount": "47000", f"{red.variant}-price_currency": "MXN", f"{red.variant}-shown": "on"},
    )
    gala_too.post(gala_too.desk(f"productos/{main.pk}/publicacion/"), {"active": "1"})
    assert ("viveros-gala", "rojo", 47_000) in shown(approved)
    assert not [one for one in shown(approved) if one[:2] == ("viveros-gala", "azul")]


def test_it_lets_nobody_change_what_another_described(approved: Actor, gala_too: Actor) -> None:
    main = join(gala_too)
    with for_organisation(of(gala_too).pk), pytest.raises(Refusal, match="no variant “verde”"):
        forms = [api.Form(options={"Color": "verde"}, sku="G-V")]
        api.edit_product(offer=main, words=None, listing=api.Listing(sku="G"), forms=forms, by=gala_too.person.pk, at=now())
    with for_organisation(of(gala_too).pk), pytest.raises(NotFound):
        api.put_variant(offer=main, form=api.Form(options={"Color": "verde"}, sku="G-V"), by=gala_too.person.pk, at=now())
    with for_organisation(of(approved).pk):
        assert sorted(Variant.objects.values_list("key", flat=True)) == ["color=azul", "color=rojo"]


def test_it_imports_offers_of_anothers_variants(approved: Actor, gala_too: Actor, tmp_path: Path) -> None:
    join(gala_too, api.Form(options={"color": "AZUL"}, sku="G-A", price=Money.of(51_000, "COP"), on_hand=7))
    assert ("viveros-gala", "azul", 51_000) in shown(approved)  # she said which: it shows at once
    run = bring_text(gala_too, tmp_path, THEIRS + "G-ROJA,G,Color: rojo,45000,4\nG-VERDE,G,Color: verde,45000,4\n", name="b.csv")
    assert counts(run) == (1, 0, 0, 1)
    assert sentences(gala_too, run) == [
        (3, "Its main product “G” was described by another seller, and has no variant with these options."),
    ]
    assert ("viveros-gala", "rojo", 45_000) in shown(approved)
    again = bring_text(gala_too, tmp_path, THEIRS + "G-ROJA,G,Color: rojo,46000,4\n", name="b.csv")
    assert counts(again) == (0, 1, 0, 0)
    assert ("viveros-gala", "rojo", 46_000) in shown(approved)
    assert set(api.catalogue_invariants().values()) == {0}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_it_takes_its_own_list_back_without_a_change(approved: Actor, gala_too: Actor, tmp_path: Path, kind: Any) -> None:
    join(gala_too, prices=[Money.of(49_000, "COP")])
    out = b"".join(api.export_catalogue(of(gala_too).pk, kind))
    assert counts(bring_text(gala_too, tmp_path, out, name=f"b.{kind}")) == (0, 0, 3, 0)


def test_it_shows_a_seller_what_he_lists_while_nobody_shows_it(approved: Actor, gala_too: Actor) -> None:
    main = join(gala_too)
    with for_organisation(of(approved).pk):
        api.set_active(offers=[Offer.objects.get(sku="CAMISA").pk], active=False, by=None, at=now())
    answer = gala_too.get(gala_too.desk(f"productos/{main.pk}/"))
    assert (answer.status_code, "Camisa de lino" in answer.content.decode()) == (200, True)
