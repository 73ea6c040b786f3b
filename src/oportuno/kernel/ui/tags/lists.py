"""Lists: tables, pagers, toolbars, facets, timelines, what an import would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from oportuno.kernel import formats

from . import register
from .frame import Context, e, icon, query, told
from .texts import here

CURSORS = ("after", "before", "page")  # sorting or filtering anew starts from the first page
IMPORT_STATES = ("new", "changed", "same", "wrong")
NEIGHBOURS = 1  # pages shown on each side of this one


@register.simple_block_tag
def table(content: str, caption: object, dense: bool = False, sticky: bool = False, plain: bool = False) -> str:
    """`{% table caption=_("Contacts") %}<thead>…</thead><tbody>…</tbody>{% endtable %}`; cards on a phone by each cell's data-label."""
    context = {"content": content, "caption": caption, "dense": dense, "sticky": sticky, "plain": plain}
    return render_to_string("ui/lists/table.html", context)


@register.simple_tag(takes_context=True)
def th(context: Context, label: object, sort: str = "", number: bool = False, hidden: bool = False) -> SafeString:
    """`{% th _("Price") "price" number=True %}`: a head; with `sort` a link that turns `?sort=price` into `-price` and back."""
    css = "number" if number else ""
    if hidden:
        return format_html('<th scope="col" class="{}"><span class="hidden">{}</span></th>', css, label)
    if not sort:
        return format_html('<th scope="col" class="{}">{}</th>', css, label)
    request = context.get("request")
    now = request.GET.get("sort", "") if request else ""
    wanted = f"-{sort}" if now == sort else sort
    href = query(context, sort=wanted, **dict.fromkeys(CURSORS))
    order, glyph = ("none", "arrows-sort") if now.lstrip("-") != sort else ("descending", "arrow-narrow-down")
    if now == sort:
        order, glyph = "ascending", "arrow-narrow-up"
    return format_html(
        '<th scope="col" class="{}" aria-sort="{}"><a class="sort" href="{}" rel="nofollow">{}{}</a></th>',
        css,
        order,
        href,
        label,
        icon(glyph, size="small"),
    )


@register.simple_block_tag(takes_context=True)
def selectable(context: Context, content: str, name: str, action: str = "") -> str:
    """`{% selectable "contacts" action=url %}{% table … %}…{% bulk_bar %}…{% endbulk_bar %}{% endselectable %}`: POSTs `selected`."""
    inside = {"content": content, "name": name, "action": action, "csrf_token": context.get("csrf_token")}
    return render_to_string("ui/lists/selectable.html", inside)


@register.simple_tag
def select_all() -> SafeString:
    """The head's box that chooses all rows shown."""
    return format_html(
        '<th scope="col" class="select-cell"><span class="hidden">{}</span><input type="checkbox" data-select-all hidden aria-label="{}"></th>',
        _("Choose"),
        _("Choose all that are shown"),
    )


@register.simple_tag
def select_cell(value: object, name: object) -> SafeString:
    """`{% select_cell contact.id contact.name %}`: the row's box."""
    return format_html(
        '<td class="select-cell"><input type="checkbox" name="selected" value="{}" data-select aria-label="{}"></td>',
        value,
        _("Choose %s") % name,
    )


@register.simple_block_tag
def bulk_bar(content: str) -> str:
    """`{% bulk_bar %}{% button _("Archive") name="do" value="archive" %}{% endbulk_bar %}`: what may be done with the chosen rows."""
    return render_to_string("ui/lists/bulk_bar.html", {"content": content})


@register.inclusion_tag("ui/lists/pager.html")
def pager(newer: str = "", older: str = "", words: object = "") -> dict[str, Any]:
    """`{% pager newer=url older=url words=_("1–50 of about 3,000") %}`: keyset pages."""
    return {"newer": newer, "older": older, "words": words}


@register.inclusion_tag("ui/lists/more.html")
def load_more(url: str, target: str = "", label: object = "") -> dict[str, Any]:
    """`{% load_more next_url %}` as the last of a list: htmx puts the next rows in its place; else it is a link."""
    return {"url": url, "target": target, "label": label}


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: int, pages: int) -> SafeString:
    """`{% pagination page=3 pages=12 %}`: numbered pages at `?page=`, for public search results."""
    if pages < 2:
        return SafeString("")
    shown = sorted({1, pages, *range(page - NEIGHBOURS, page + NEIGHBOURS + 1)} & set(range(1, pages + 1)))
    steps = "".join(
        f"{_GAP if before and number - before > 1 else ''}{_page_link(context, number, page)}"
        for before, number in zip([0, *shown], shown, strict=False)
    )
    words = {"label": e(_("Pages")), "back": e(_("Previous")), "on": e(_("Next"))}
    back = f'<a class="button quiet" rel="prev" href="{e(_page(context, page - 1))}">{icon("chevron-left")}<span>{words["back"]}</span></a>'
    on = f'<a class="button quiet" rel="next" href="{e(_page(context, page + 1))}"><span>{words["on"]}</span>{icon("chevron-right")}</a>'
    return SafeString(
        f'<nav class="pagination" aria-label="{words["label"]}">\n{back if page > 1 else ""}<ul>{steps}</ul>\n{on if page < pages else ""}</nav>'
    )


_GAP = '<li><span aria-hidden="true">…</span></li>'


def _page(context: Context, number: int) -> str:
    return query(context, page=number if number > 1 else None)


def _page_link(context: Context, number: int, current: int) -> str:
    here_now = ' aria-current="page"' if number == current else ""
    label = _("Page %(number)s") % {"number": number}
    return f'<li><a href="{e(_page(context, number))}"{here_now} aria-label="{e(label)}">{number}</a></li>'


@register.simple_block_tag(takes_context=True)
def toolbar(
    context: Context, content: str, search: object = "", name: str = "q", action: str = "", keep: str = "sort", target: str = ""
) -> str:
    """`{% toolbar search=_("Name or e-mail") %}<select name="state">…</select>{% endtoolbar %}`: a GET form above a list.

    `keep` names parameters that stay; `target` lets htmx replace only that part.
    """
    request = context.get("request")
    kept = {one: request.GET[one] for one in keep.split() if one in request.GET} if request else {}
    value = request.GET.get(name, "") if request else ""
    inside = {"content": content, "search": search, "name": name, "action": action, "kept": kept, "value": value, "target": target}
    return render_to_string("ui/lists/toolbar.html", inside)


@register.simple_tag
def facets(groups: Iterable[Any], label: object = "") -> SafeString:
    """`{% facets groups %}`: groups have label and options; options have label, count, href, chosen, and may have hint.

    A page of results has sixty options: put together here, for a template takes ten times as long.
    """
    return format_html(
        '<details class="facets" open><summary class="button">{}<span>{}</span></summary>\n<div class="facet-groups">{}</div></details>',
        icon("adjustments-horizontal"),
        label or _("Narrow down"),
        SafeString("".join(map(_facet, groups))),
    )


def _facet(group: Any) -> str:
    locale, more, see_all = here(), told(group, "more"), e(_("See all"))
    options = "".join(_option(one, locale) for one in told(group, "options"))
    further = f'<p><a href="{e(more)}" rel="nofollow">{see_all}</a></p>' if more else ""
    return f'<section class="facet"><h2>{e(told(group, "label"))}</h2>\n<ul class="facet-options">{options}</ul>{further}</section>'


def _option(one: Any, locale: str) -> str:
    hint, chosen = told(one, "hint"), told(one, "chosen")
    current, mark = (' aria-current="true"', icon("check", label=_("Chosen"), size="small")) if chosen else ("", "")
    word = f"{e(told(one, 'label'))}{f'<small>{e(hint)}</small>' if hint else ''}"
    return (
        f'<li><a href="{e(told(one, "href"))}" rel="nofollow"{current}><span class="facet-box">{mark}</span>'
        f'<span class="facet-word">{word}</span><span class="facet-count">{formats.number(told(one, "count") or 0, locale)}</span></a></li>\n'
    )


@register.inclusion_tag("ui/lists/key_values.html")
def key_values(pairs: Iterable[Any] | Mapping[Any, Any]) -> dict[str, Any]:
    """`{% key_values pairs %}`: (word, value) pairs or a mapping; empty values show a dash."""
    return {"pairs": list(pairs.items()) if isinstance(pairs, Mapping) else list(pairs)}


@register.inclusion_tag("ui/lists/timeline.html")
def timeline(facts: Iterable[Any], older: str = "") -> dict[str, Any]:
    """`{% timeline facts %}`, newest first; each has at, icon, title, and may have body, source, href, by, state."""
    days = groupby(facts, key=lambda fact: timezone.localtime(fact["at"] if isinstance(fact, Mapping) else fact.at).date())
    return {"days": [{"day": day, "facts": list(group)} for day, group in days], "older": older}


@register.inclusion_tag("ui/lists/diff.html")
def diff_table(rows: Iterable[Any], caption: object = "") -> dict[str, Any]:
    """`{% diff_table rows %}`: each has line, state (new, changed, same, wrong), name, and changes (field, before, after) or reason."""
    words = {"new": _("New"), "changed": _("Changed"), "same": _("The same"), "wrong": _("Wrong")}
    glyphs = {"new": "plus", "changed": "pencil", "same": "equal", "wrong": "alert-triangle"}
    return {"rows": rows, "caption": caption or _("What the file would change"), "words": words, "glyphs": glyphs}


@register.inclusion_tag("ui/lists/diff_counts.html", takes_context=True)
def diff_counts(context: Context, counts: Mapping[str, int], chosen: str = "") -> dict[str, Any]:
    """`{% diff_counts counts chosen=request.GET.state %}`: how many rows are new, changed, same, wrong; each a link to them."""
    words = {"new": _("New"), "changed": _("Changed"), "same": _("The same"), "wrong": _("Wrong")}
    items = [
        {
            "state": state,
            "label": words[state],
            "count": counts.get(state, 0),
            "href": query(context, state=state, after=None),
            "chosen": chosen == state,
        }
        for state in IMPORT_STATES
    ]
    return {"items": items}


@register.inclusion_tag("ui/lists/comparison.html")
def comparison(columns: Iterable[Any], rows: Iterable[Any], caption: object = "") -> dict[str, Any]:
    """`{% comparison columns rows %}`: columns have title, href and may have picture, note, remove; rows label, cells, best (an index)."""
    return {"columns": list(columns), "rows": list(rows), "caption": caption or _("Comparison")}
