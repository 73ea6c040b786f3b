"""A small market of flowers to look through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from oportuno.kernel.money import Money
from oportuno.offer.search.api import Document, Place, Query, Results, Texts, search

WHEN = datetime(2026, 11, 1, 12, tzinfo=UTC)
BOGOTA, MEDELLIN = Place(4.711, -74.072, "Bogotá"), Place(6.244, -75.581, "Medellín")


def product(name: str, title: str, *, subtitle: str = "", keywords: Sequence[str] = (), body: str = "", **more: Any) -> Document:
    """A published product of organisation 1, in stock, at 50,000 pesos, unless said otherwise."""
    given: dict[str, Any] = {
        "kind": "product",
        "organisation": 1,
        "url": f"/productos/{name}/",
        "sku": name.upper(),
        "price": Money(5_000_000, "COP"),
        "in_stock": True,
        "country": "CO",
        "updated_at": WHEN,
        "published_at": WHEN + timedelta(seconds=len(title)),
        **more,
    }
    texts = Texts(title=title, subtitle=subtitle, keywords=tuple(keywords), body=body)
    return Document(key=f"{given['kind']}:{name}", texts={"es": texts}, **given)


def market() -> list[Document]:
    return [
        product(
            "rosas",
            "Ramo de doce rosas rojas",
            categories=("flores", "ramos"),
            facets=("color=rojo",),
            city="Bogotá",
            places=(BOGOTA,),
            certified=True,
        ),
        product("rosa", "Rosa eterna en cúpula", categories=("flores", "eternas"), facets=("color=rojo",), price=Money(12_000_000, "COP")),
        product("peonias", "Peonías rosadas", subtitle="Cinco tallos de exportación", categories=("flores",), facets=("color=rosado",)),
        product("girasol", "Girasol en maceta", categories=("plantas",), facets=("color=amarillo",), city="Medellín", places=(MEDELLIN,)),
        product("florero", "Florero de vidrio para rosas", categories=("accesorios",), price=Money(3_000_000, "COP"), in_stock=False),
        product(
            "corona",
            "Corona fúnebre de claveles",
            categories=("flores", "funebres"),
            facets=("color=blanco",),
            price=Money(20_000_000, "COP"),
        ),
        product("arandano", "Arándano en caña de azúcar y piñón", keywords=("Viñedo",)),
        product("cala", "Calas blancas", categories=("flores",), facets=("color=blanco",)),
        product("abono", "Abono orgánico TN-2110 para plantas", codes=("7701234567897",), categories=("insumos",), in_stock=False),
        product(
            "alba", "Flores de Alba", kind="seller", subtitle="Floristería de Bogotá", url="/v/alba/", price=None, certified=True, sku=""
        ),
        product(
            "riego",
            "Cómo cuidar una orquídea",
            kind="content",
            url="/saber/orquidea/",
            price=None,
            sku="",
            body="La orquídea se riega una vez por semana, por la mañana. Demasiada agua pudre sus raíces. Prefiere luz indirecta.",
        ),
    ]


def ask(text: str = "", **more: Any) -> Results:
    return search(Query(text=text, **more))


def found(text: str = "", **more: Any) -> list[str]:
    """The identities that were found, in order."""
    return [hit.id for hit in ask(text, **more).items]
