"""What the living page shows: a small market of flowers that never was."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.kernel import formats
from oportuno.kernel.money import Money

from .cards import Picture, Place, ProductCard, SellerCard
from .shell import Column, Desk, DeskItem, DeskSection, Link, Market, Somebody


def picture(name: str, alt: str = "", width: int = 800, height: int = 800) -> Picture:
    return Picture(static(f"ui/sample/{name}.svg"), alt, width, height)


def products() -> list[ProductCard]:
    tax = _("VAT included")
    return [
        ProductCard(
            "Ramo de 24 rosas Freedom",
            "#shop",
            picture("roses"),
            Money(8_900_000, "COP"),
            seller="Finca La Aurora",
            certified=True,
            place="Funza",
            distance=18_400,
            rating=4.8,
            ratings=126,
            stock=_("In stock"),
            tax=tax,
            badge=_("In season"),
            why=_("It has all your words, and its seller is certified and 18 km away."),
        ),
        ProductCard(
            "Hortensia azul de exportación",
            "#shop",
            picture("hydrangea"),
            Money(1_250_000, "COP"),
            unit=_("per stem"),
            seller="Hortensias del Oriente",
            certified=True,
            place="Rionegro",
            rating=4.6,
            ratings=38,
            stock=_("In stock"),
        ),
        ProductCard(
            "Girasol Vincent’s Choice",
            "#shop",
            picture("sunflower"),
            Money(18_000, "MXN"),
            was=Money(22_500, "MXN"),
            since=True,
            seller="Vivero Xochitl",
            place="Xochimilco",
            rating=4.2,
            ratings=9,
            stock=_("Three left"),
            stock_state="warning",
        ),
        ProductCard(
            "Decoración floral para bodas de clima cálido",
            "#shop",
            None,
            None,
            seller="Taller Ceniza y Sal",
            certified=True,
            place="Cartagena",
            stock=_("By appointment"),
            stock_state="info",
        ),
    ]


def sellers() -> list[SellerCard]:
    return [
        SellerCard(
            "Finca La Aurora",
            "#shop",
            "Alba Restrepo",
            _("grower"),
            picture=picture("cover-boda", width=1200, height=675),
            difference="Cortamos a las cuatro de la mañana y te decimos de qué cama salió tu rosa.",
            place="Funza, Cundinamarca",
            distance=18_400,
            certified=_("Certified since March 2024"),
            kept=0.97,
            promises=214,
            rating=4.8,
            ratings=126,
            offers=84,
        ),
        SellerCard(
            "Taller Ceniza y Sal",
            "#shop",
            "Carmen Ibarra",
            _("designer"),
            picture=picture("cover-taller", width=1200, height=675),
            difference="Solo trabajamos con flores que aguantan ocho horas de sol y brisa.",
            place="Cartagena",
            certified=_("Certified since January 2025"),
            kept=0.92,
            promises=51,
            rating=4.9,
            ratings=33,
            offers=12,
        ),
        SellerCard(
            "Vivero Xochitl",
            "#shop",
            "Félix Xochitl",
            _("nursery"),
            picture=picture("cover-finca", width=1200, height=675),
            difference="Tres generaciones en la misma chinampa: si se muere en un mes, te la cambiamos.",
            place="Xochimilco, CDMX",
            certified=_("Certified since June 2024"),
            kept=0.88,
            promises=73,
            rating=4.2,
            ratings=61,
            offers=1,
        ),
    ]


def places() -> list[Place]:
    hours = _("Monday to Saturday, 6 to 14")
    return [
        Place("Finca La Aurora", 4.716, -74.211, "#shop", ["Vereda El Hato, Funza", hours], "#shop"),
        Place("Hortensias del Oriente", 6.147, -75.377, "#shop", ["Rionegro, Antioquia", hours], "#shop"),
        Place("Taller Ceniza y Sal", 10.423, -75.550, "#shop", ["Getsemaní, Cartagena", _("By appointment")], "#shop"),
        Place("Rosas de Cayambe", 0.041, -78.146, "#shop", ["Cayambe, Pichincha", hours], "#shop"),
    ]


def contacts(at: datetime) -> list[dict[str, Any]]:
    people = [
        ("c1", "Darío Peñaranda Villamizar", "dario@hotelcaribe.example", _("Qualified"), "good", 4, Money(1_240_000_00, "COP")),
        ("c2", "Eva Luján", "eva@bodaseva.example", _("Needs an answer"), "warning", 26, Money(380_000_00, "COP")),
        ("c3", "Gala Montoya", "gala@floreriagala.example", _("New"), "info", 3, Money(0, "COP")),
        ("c4", "Beto Ruiz", "beto@ruizeventos.example", _("Bounced"), "bad", 240, Money(95_000_00, "COP")),
    ]
    return [
        {"id": key, "name": name, "email": email, "state": state, "kind": kind, "seen": at - timedelta(hours=hours), "value": value}
        for key, name, email, state, kind, hours, value in people
    ]


def facts(at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "at": at - timedelta(minutes=42),
            "icon": "message-question",
            "title": _("Asked about roses for 40 tables"),
            "body": "¿Me las pueden entregar el viernes antes de las diez?",
            "source": _("form on the product page"),
            "state": "warning",
        },
        {"at": at - timedelta(hours=3), "icon": "mail-opened", "title": _("Opened the Thursday bulletin"), "source": _("newsletter")},
        {
            "at": at - timedelta(days=1, hours=2),
            "icon": "circle-check",
            "title": _("Promise kept: price list sent"),
            "by": "Beto",
            "source": _("service desk"),
            "state": "good",
        },
        {
            "at": at - timedelta(days=1, hours=5),
            "icon": "shield-check",
            "title": _("Gave consent to receive the bulletin"),
            "source": _("form, confirmed by e-mail"),
            "state": "info",
        },
    ]


def import_rows() -> list[dict[str, Any]]:
    return [
        {"line": 2, "state": "new", "name": "Rosa Mondial 50 cm"},
        {
            "line": 3,
            "state": "changed",
            "name": "Rosa Freedom 60 cm",
            "changes": [
                {"field": _("Price"), "before": "$ 27.000", "after": "$ 28.500"},
                {"field": _("Stock"), "before": "40", "after": "120"},
            ],
        },
        {"line": 4, "state": "same", "name": "Clavel estándar"},
        {"line": 5, "state": "wrong", "name": "Lirio oriental", "reason": _("The price is less than zero.")},
    ]


def facet_groups() -> list[dict[str, Any]]:
    def option(label: str, count: int, chosen: bool = False) -> dict[str, Any]:
        return {"label": label, "count": count, "href": "#lists", "chosen": chosen}

    return [
        {
            "label": _("Kind of flower"),
            "options": [option("Rosa", 1_284, True), option("Hortensia", 312), option("Girasol", 96), option("Orquídea", 41)],
            "more": "#lists",
        },
        {"label": _("Seller"), "options": [option(_("Certified only"), 1_102), option(_("In stock"), 874)]},
    ]


def shells() -> dict[str, Any]:
    """A market and a desk, filled as the doors fill them."""
    nav = [
        Link(_("Sellers"), "#", current=True),
        Link(_("Products"), "#"),
        Link(_("Courses"), "#"),
        Link(_("What experts write"), "#"),
        Link(_("Questions"), "#"),
    ]
    footer = [
        Column(_("Buy"), [Link(_("Sellers"), "#"), Link(_("Products"), "#"), Link(_("How we vet sellers"), "#")]),
        Column(_("Sell"), [Link(_("Sell here"), "#"), Link(_("The method"), "#"), Link(_("Fees"), "#")]),
        Column(_("About us"), [Link(_("Who we are"), "#"), Link(_("Your data"), "#"), Link(_("Write to us"), "#")]),
    ]
    here = "?"
    market = Market(
        "Mercado de las flores",
        promise=_("Flowers from people you can call by name."),
        legal="Mercado de las flores S.A.S., Bogotá",
        home=here,
        search=here,
        bulletin=here,
        sell=here,
        sign_in=here,
        nav=nav,
        footer=footer,
    )
    desk = Desk(
        "Finca La Aurora",
        _("Seller, certified"),
        home=here,
        search=here,
        account=here,
        person=Somebody("Alba Restrepo", "alba@laaurora.example"),
        organisations=[Link("Finca La Aurora", here, current=True), Link("Vivero Xochitl", here)],
    )
    work = [
        DeskItem(_("Today"), "home", here, current=True),
        DeskItem(_("Requests"), "message-question", here, count=4),
        DeskItem(_("Contacts"), "users", here, count=128),
        DeskItem(_("Orders"), "shopping-bag", here, count=7),
    ]
    offer = [
        DeskItem(_("Products"), "tag", here),
        DeskItem(_("Stock"), "building-warehouse", here, count=3),
        DeskItem(_("Points of sale"), "map-pin", here),
        DeskItem(_("My page"), "building-store", here),
    ]
    house = [
        DeskItem(_("Plan of 90 days"), "route", here),
        DeskItem(_("Team"), "users-group", here),
        DeskItem(_("Settings"), "settings", here),
    ]
    return {
        "market": market,
        "desk": desk,
        "desk_nav": [DeskSection(_("Work"), work), DeskSection(_("Offer"), offer), DeskSection(_("House"), house)],
    }


def figures() -> dict[str, Any]:
    months = [formats.short_day(date(2026, month, 1), formats.locale_of(get_language() or "")).strip("1 ") for month in range(1, 13)]
    return {
        "weeks": [12, 15, 14, 19, 22, 20, 27, 31, 30, 38, 36, 44],
        "months": months,
        "visits": [
            {"name": _("Visits"), "values": [820, 940, 1180, 1050, 1620, 1490, 1710, 1880, 1760, 2140, 2390, 2810]},
            {"name": _("Contacts"), "values": [120, 160, 190, 240, 310, 280, 340, 420, 390, 470, 560, 690]},
        ],
        "sales": [4_200_000_00, 3_900_000_00, 5_100_000_00, 4_800_000_00, 9_700_000_00, 6_100_000_00],
        "cities": [
            {"label": "Bogotá", "value": 1_284},
            {"label": "Medellín", "value": 846},
            {"label": "Ciudad de México", "value": 512},
            {"label": "Quito", "value": 208},
            {"label": "San Miguel de Allende", "value": 61},
        ],
        "funnel": [
            {"label": _("Visited"), "value": 12_480},
            {"label": _("Left their details"), "value": 1_840},
            {"label": _("Qualified"), "value": 620},
            {"label": _("Asked for a quote"), "value": 244},
            {"label": _("Bought"), "value": 96},
        ],
        "sources": [
            {"label": _("Search engines"), "value": 620},
            {"label": _("Bulletin"), "value": 310},
            {"label": _("Allies"), "value": 145},
            {"label": _("Networks"), "value": 88},
        ],
        "steps": [
            {"label": _("Profile and difference"), "state": "done", "hint": _("Approved on 3 March")},
            {"label": _("Evidence"), "state": "stuck", "hint": _("The RUT is from last year; send this year’s")},
            {"label": _("Test order"), "state": "now"},
            {"label": _("Certification"), "state": "next"},
        ],
        "half_year": months[6:],
        "crumbs": [(_("Flowers"), "#actions"), (_("Roses"), "#actions"), ("Freedom", "")],
        "tab_items": [
            {"label": _("Summary"), "href": "#actions", "current": True},
            {"label": _("Requests"), "href": "#actions", "count": 12},
            {"label": _("Questions"), "href": "#actions", "icon": "message-question"},
        ],
        "chosen": [{"label": "Bogotá", "href": "#actions"}, {"label": _("Certified only"), "href": "#actions"}],
        "pairs": [("NIT", "900.123.456-8"), (_("Chamber of commerce"), "Bogotá, 2026"), (_("Reviewed by"), "Darío"), (_("Expires"), "")],
        "counts": {"new": 340, "changed": 12, "same": 18_990, "wrong": 3},
        "compared": [
            {"title": "Rosa Freedom 60 cm", "href": "#shop", "picture": picture("rose"), "note": "Finca La Aurora"},
            {"title": "Rosa Mondial 50 cm", "href": "#shop", "picture": picture("roses"), "note": "Rosas de Cayambe"},
            {"title": "Rosa Explorer 70 cm", "href": "#shop", "picture": None, "note": "Vivero Xochitl"},
        ],
        "compare_rows": [
            {"label": _("Price"), "cells": ["$ 2.850", "$ 2.600", "$ 3.900"], "best": 1},
            {"label": _("Days in the vase"), "cells": [14, 10, 12], "best": 0},
            {"label": _("Certified"), "cells": [_("Yes"), _("Yes"), ""]},
            {"label": _("Delivery"), "cells": [_("tomorrow"), _("in 3 days"), _("in 2 days")], "best": 0},
        ],
    }
