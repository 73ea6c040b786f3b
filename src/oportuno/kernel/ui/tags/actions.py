"""Buttons, menus, tabs, chips, dialogs: what one presses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from . import register
from .frame import Context, icon


def attributes(given: Mapping[str, Any]) -> SafeString:
    """`hx_get="…"` becomes ` data-hx-get="…"`, which HTML knows, True a bare attribute; None, False and "" are left out."""
    parts = []
    for key, value in given.items():
        name = key.strip("_").replace("_", "-")
        name = f"data-{name}" if name.startswith("hx-") else name
        if value is True:
            parts.append(format_html(" {}", name))
        elif value not in (None, False, ""):
            parts.append(format_html(' {}="{}"', name, value))
    return format_html_join("", "{}", ((part,) for part in parts))


def _inside(label: object, glyph: str, icon_only: bool) -> SafeString:
    if icon_only:
        return icon(glyph, label=label)
    return format_html("{}<span>{}</span>", icon(glyph) if glyph else "", label)


@register.simple_tag
def button(label: object, kind: str = "", icon: str = "", icon_only: bool = False, type: str = "submit", **more: Any) -> SafeString:
    """`{% button _("Publish") "primary" icon="send" name="do" value="publish" %}`; kinds: primary, accent, quiet, danger, link, small, wide."""
    classes = f"button {kind} {'icon-only' if icon_only else ''}".split()
    return format_html(
        '<button type="{}" class="{}"{}>{}</button>', type, " ".join(classes), attributes(more), _inside(label, icon, icon_only)
    )


@register.simple_tag
def link_button(label: object, href: str, kind: str = "", icon: str = "", icon_only: bool = False, **more: Any) -> SafeString:
    """`{% link_button _("New product") url "primary" icon="plus" %}`: a link that looks like a button."""
    classes = f"button {kind} {'icon-only' if icon_only else ''}".split()
    return format_html('<a class="{}" href="{}"{}>{}</a>', " ".join(classes), href, attributes(more), _inside(label, icon, icon_only))


@register.simple_tag
def open_button(label: object, opens: str, kind: str = "", icon: str = "", icon_only: bool = False, **more: Any) -> SafeString:
    """`{% open_button _("Reject…") "reject" "danger" %}` opens the dialog or side panel with that id.

    Browsers do it by themselves (invoker commands); in older ones the page's script does.
    """
    more = {"command": "show-modal", "commandfor": opens, "data_open": opens, "aria_haspopup": "dialog", **more}
    return SafeString(button(label, kind, icon, icon_only, "button", **more))


@register.simple_block_tag
def menu(content: str, label: object, icon: str = "dots", kind: str = "quiet", icon_only: bool = True, start: bool = False) -> str:
    """`{% menu _("More") %}<li><a …>…</a></li>{% endmenu %}`: what drops down; works without JavaScript."""
    return render_to_string(
        "ui/parts/menu.html", {"content": content, "label": label, "icon": icon, "kind": kind, "icon_only": icon_only, "start": start}
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: object, panel: bool = False) -> str:
    """`{% dialog id="reject" title=_("Reject?") %}…{% enddialog %}`, opened by `{% open_button … "reject" %}`."""
    return render_to_string(
        "ui/parts/dialog.html", {"content": content, "id": id, "title": title, "kind": "panel-dialog" if panel else "dialog"}
    )


@register.simple_block_tag
def side_panel(content: str, id: str, title: object) -> str:
    """`{% side_panel id="contact" title=contact.name %}…{% endside_panel %}`: a dialog at the side; htmx may fill it."""
    return SafeString(dialog(content, id, title, panel=True))


@register.simple_block_tag
def disclosure(content: str, title: object, open: bool = False) -> str:
    """`{% disclosure _("More criteria") %}…{% enddisclosure %}`: folded away until asked for."""
    return render_to_string("ui/parts/disclosure.html", {"content": content, "title": title, "open": open})


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Iterable[Any], label: object = "") -> dict[str, Any]:
    """`{% tabs items %}`: items have label, href, current, and may have icon and count."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/breadcrumb.html")
def breadcrumb(items: Iterable[Any]) -> dict[str, Any]:
    """`{% breadcrumb crumbs %}`: (label, href) pairs from the top; the last, with an empty href, is this page."""
    return {"items": [item if isinstance(item, Mapping) else {"label": item[0], "href": item[1]} for item in items]}


@register.inclusion_tag("ui/parts/chips.html")
def chips(items: Iterable[Any], clear: str = "") -> dict[str, Any]:
    """`{% chips chosen clear=url %}`: what filters are on; each has label and href, which takes it away."""
    return {"items": items, "clear": clear}


@register.inclusion_tag("ui/parts/copy.html")
def copy_field(value: object, label: object = "") -> dict[str, Any]:
    """`{% copy_field key _("API key") %}`: a code one copies with a press."""
    return {"value": value, "label": label}


@register.simple_tag(takes_context=True)
def confirm_form(context: Context, action: str, label: object, kind: str = "", icon: str = "", **hidden: Any) -> str:
    """`{% confirm_form url _("Archive") icon="archive" version=row.version %}`: one button that POSTs, hidden inputs and all."""
    return render_to_string(
        "ui/parts/one_button.html",
        {"action": action, "label": label, "kind": kind, "icon": icon, "hidden": hidden, "csrf_token": context.get("csrf_token")},
    )  # with the token alone: what stands around the page is not asked for again, for each button of a list
