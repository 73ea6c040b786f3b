"""What stands around a page: icons, languages, slots, links for machines."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_from_path, to_locale
from django.utils.translation import gettext as _

from oportuno.kernel.slots import render_slot
from oportuno.kernel.ui.sheets import FACES, sheet

from . import register

UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
Context = Any  # a template's context; Django's stubs do not say what it holds


def told(one: Any, name: str, nothing: Any = "") -> Any:
    """What an object or a dict says under a name, as templates read it; `nothing` where it does not know the name."""
    return one.get(name, nothing) if isinstance(one, dict) else getattr(one, name, nothing)


def e(value: object) -> str:
    """As it may stand in HTML, between tags and in quotes. Django's own takes three times as long, for what is lazy."""
    return value if type(value) is SafeString else escape(str(value))


@register.simple_tag
def style_sheets(face: str, joined: bool = True) -> SafeString:
    """`{% style_sheets "market" %}`: how a face looks, as one file; not joined, as files that are there when nothing else is."""
    found = [reverse("style-sheet", args=[face, sheet(face).digest])] if joined else [static(name) for name in FACES[face]]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((one,) for one in found))


@register.simple_tag
def icon(name: str, label: object = "", size: str = "") -> SafeString:
    """`{% icon "map-pin" %}` beside a word; `{% icon "x" label=_("Close") %}` alone. `size`: "small", "large" or "huge"."""
    if label:
        return SafeString(
            f'<svg class="{e(_icon_class(size))}" role="img" aria-label="{e(label)}"><use href="{_icons_file()}#{e(name)}"/></svg>'
        )
    return _silent_icon(name, size)


@lru_cache(maxsize=1024)
def _silent_icon(name: str, size: str) -> SafeString:
    """A list of results has a hundred of them."""
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', _icon_class(size), f"{_icons_file()}#{name}")


@lru_cache(maxsize=1)
def _icons_file() -> str:
    return static("vendor/icons.svg")


def _icon_class(size: str) -> str:
    return f"icon icon-{size}" if size else "icon"


def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """This page in each language, by its address; the query goes along."""
    here = get_language()
    addresses = _addresses(request)
    return [
        {
            "code": code,
            "name": name,
            "short": name.partition("(")[2].rstrip(")") or name,
            "href": addresses[code],
            "current": code == here,
        }
        for code, name in settings.LANGUAGES
    ]


def _addresses(request: HttpRequest) -> dict[str, str]:
    """By language: our paths are the same in all of them, below a prefix that the usual one leaves out.

    Not `translate_url`, which looks each address up among all routes and takes as long as ten small queries.
    """
    path = escape_leading_slashes(request.get_full_path())  # "//elsewhere/" would lead there
    spoken = get_language_from_path(request.path_info)
    bare = path[len(spoken) + 1 :] if spoken else path
    return {code: bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}" for code, _ in settings.LANGUAGES}


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> SafeString:
    """`{% language_switch %}`: the same page in the other languages."""
    request = context.get("request")
    links = language_links(request) if request else []
    now = next((link for link in links if link["current"]), None)
    if not links:
        return SafeString("")
    items, word = "".join(_language(link) for link in links), e(_("Language"))
    return SafeString(
        f'''<details class="menu language-switch">
  <summary class="button quiet" aria-label="{word}: {e(now["name"]) if now else ""}">{icon("world")}<span>{e(now["short"]) if now else ""}</span></summary>
  <ul class="menu-list">
{items}  </ul>
</details>'''
    )


def _language(link: dict[str, Any]) -> str:
    code, current, mark = e(link["code"]), "", ""
    if link["current"]:
        current, mark = ' aria-current="true"', icon("check", size="small")
    return f'    <li><a href="{e(link["href"])}" hreflang="{code}" lang="{code}"{current}>{e(link["name"])}{mark}</a></li>\n'


@register.simple_tag(takes_context=True)
def hreflang(context: Context) -> SafeString:
    """`{% hreflang %}` in the head of a public page: where search engines find its translations."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    origin = context.get("origin", "")
    paths = {code: address.partition("?")[0] for code, address in _addresses(request).items()}
    pairs = [(code, origin, path) for code, path in [*paths.items(), ("x-default", paths[settings.LANGUAGE_CODE])]]
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}{}">', pairs)


@register.inclusion_tag("ui/parts/open_graph.html", takes_context=True)
def open_graph(
    context: Context, title: object, description: object = "", image: str = "", kind: str = "website", url: str = ""
) -> dict[str, Any]:
    """`{% open_graph title=product.name description=… image=picture.url %}` in block `og`: how a shared link looks. `url`: if not this one."""
    request = context.get("request")
    return {
        "title": title,
        "description": description,
        "image": image,
        "kind": kind,
        "url": url or f"{context.get('origin', '')}{request.path if request else ''}",
        "locale": to_locale(get_language() or "es-co"),
    }


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **given: Any) -> SafeString:
    """`{% slot "beside a product" offer=offer %}`: what higher apps put here; nothing when nobody does."""
    return format_html_join("\n", "{}", ((SafeString(part),) for part in render_slot(name, request=context.get("request"), **given)))


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """`href="{% query sort="price" after=None %}"`: this address with some parameters changed; None takes one away."""
    request = context.get("request")
    parameters = request.GET.copy() if request else None
    if parameters is None:
        return "?"
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        elif isinstance(value, list | tuple):
            parameters.setlist(name, [str(one) for one in value])
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.simple_tag
def json_ld(data: Any) -> SafeString:
    """`{% json_ld data %}`: a block of data for machines. Nothing in it can end it: `<` is written as an escape (threat T08)."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(written))
