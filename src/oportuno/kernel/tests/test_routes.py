"""Addresses are found by their first word, and are the same as without it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, path, re_path
from django.urls.resolvers import RegexPattern
from django.utils import translation

from oportuno.kernel.routes import all_routes, by_first_word

BLANK = re.compile(r"<(\w+:)?\w+>")
BLANKS = {"int:": "7", "uuid:": "01a209a0-0000-7000-8000-000000000001"}
OTHERS = ("/", "//", "/en", "/en/", "/es/x/", "/nadie", "/v", "/v/", "/v/x/blog/a/b/", "/desk//", "/%2F/", "/en/v/x/nada/")


def asked_one_by_one(entries: Any) -> list[URLPattern | URLResolver]:
    """As Django itself would look through them."""
    return [
        URLResolver(one.pattern, asked_one_by_one(one.url_patterns), one.default_kwargs, one.app_name, one.namespace)
        if isinstance(one, URLResolver)
        else one
        for one in entries
    ]


def answer(resolver: URLResolver, address: str) -> object:
    try:
        found = resolver.resolve(address)
    except Resolver404:
        return None
    return (found.func, found.args, found.kwargs, found.view_name, found.route)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_address_leads_where_it_led(language: str) -> None:
    quick = get_resolver()
    slow = URLResolver(RegexPattern(r"^/"), asked_one_by_one(quick.url_patterns))
    addresses = [f"/{BLANK.sub(lambda name: BLANKS.get(name[1], 'abc'), one.path)}" for one in all_routes()]
    found = 0
    with translation.override(language):
        for address in (*OTHERS, *addresses, *(f"/{language}{one}" for one in addresses)):
            told = answer(slow, address)
            assert answer(quick, address) == told, address
            found += told is not None
    assert found > 500


def nothing(request: HttpRequest, **named: object) -> HttpResponse:
    return HttpResponse()


def test_an_address_that_may_begin_with_anything_keeps_its_turn() -> None:
    entries = by_first_word(
        [
            path(
                "",
                ([
                    path("rosas/", nothing, name="first"),
                    path("<slug:any>/", nothing, name="any"),
                    path("lirios/", nothing, name="never"),
                    re_path(r"^(?:cactus|dalias)/hoy/$", nothing, name="pattern"),
                    path("dalias", ([path("/hoy/", nothing, name="never either")], "", "")),
                ], "", ""),
            )
        ]
    )  # fmt: skip
    quick = URLResolver(RegexPattern(r"^/"), entries)
    told = {address: quick.resolve(address).url_name for address in ("/rosas/", "/lirios/", "/tulipanes/", "/dalias/hoy/")}
    assert told == {"/rosas/": "first", "/lirios/": "any", "/tulipanes/": "any", "/dalias/hoy/": "pattern"}
    with pytest.raises(Resolver404):
        quick.resolve("/rosas/hoy/")
