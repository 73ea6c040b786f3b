"""Words of the account pages."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

register = template.Library()

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""What stands in a User-Agent → what people call it; the first that fits, for each pretends to be the next."""

TABS = (("organisations:account", "user"), ("account_email", "mail"), ("organisations:security", "shield-check"))


@register.filter
def device(user_agent: str) -> str:
    """`Chrome · Android`: a browser as its owner would name it."""
    found = [next((name for sign, name in signs if re.search(rf"\b{re.escape(sign)}", user_agent)), "") for signs in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or _("A device that does not say what it is")


@register.inclusion_tag("ui/parts/tabs.html", takes_context=True)
def account_tabs(context: Any) -> dict[str, Any]:
    """`{% account_tabs %}`: the pages of my account."""
    labels = {"organisations:account": _("My account"), "account_email": _("E-mail addresses"), "organisations:security": _("Security")}
    here = context["request"].path
    items = [{"label": labels[name], "href": reverse(name), "icon": icon, "current": reverse(name) == here} for name, icon in TABS]
    return {"items": items, "label": _("My account")}
