"""How things stand: badges, notices, progress, empty states, steps."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from . import register
from .frame import e, icon

STATES = {
    "good": "circle-check",
    "warning": "alert-triangle",
    "bad": "alert-octagon",
    "info": "info-circle",
    "waiting": "hourglass",
    "neutral": "circle",
}
GROUNDS = 6  # monograms have so many colours, see avatar in shop.css


@register.simple_tag
def status(word: object, state: str = "neutral", glyph: str = "") -> SafeString:
    """`{% status _("Certified") "good" %}`: good, warning, bad, info, waiting, neutral; always with its icon and word."""
    sign = icon(glyph or STATES.get(state, "circle"), size="small")
    return SafeString(f'<span class="status {e(state)}">{sign}<span>{e(word)}</span></span>')


@register.simple_tag
def badge(word: object, kind: str = "") -> SafeString:
    """`{% badge _("New") "accent" %}`: a small word; kinds: brand, accent, or none."""
    return format_html('<span class="badge {}">{}</span>', kind, word)


@register.inclusion_tag("ui/parts/avatar.html")
def avatar(name: object, src: str = "", size: str = "") -> dict[str, Any]:
    """`{% avatar person.name src=person.photo %}`: a face, or the first letters; size: small, large, huge."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    letters = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper()
    return {"name": name, "src": src, "size": size, "letters": letters or "?", "ground": zlib.crc32(str(name).encode()) % GROUNDS + 1}


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: object = "") -> str:
    """`{% notice "warning" title=_("Stock is old") %}…{% endnotice %}`: info, good, warning, bad."""
    return render_to_string(
        "ui/parts/notice.html", {"content": content, "kind": kind, "title": title, "icon": STATES.get(kind, "info-circle")}
    )


@register.simple_block_tag
def empty(content: str, title: object, drawing: str = "basket", example: object = "") -> str:
    """`{% empty _("No contacts yet") example=_("…") %}<p>why it matters</p>{% link_button … %}{% endempty %}`."""
    return render_to_string("ui/parts/empty.html", {"content": content, "title": title, "drawing": drawing, "example": example})


@register.inclusion_tag("ui/parts/progress.html")
def progress(done: int, of: int, words: object = "", label: object = "", poll: str = "", state: str = "") -> dict[str, Any]:
    """`{% progress 340 1000 words=_("340 of 1,000 rows") poll=url %}`: htmx asks `poll` again every two seconds while it is given."""
    return {"done": done, "of": of, "share": done / of if of else 0, "words": words, "label": label, "poll": poll, "state": state}


@register.inclusion_tag("ui/parts/stepper.html")
def stepper(steps: Iterable[Any]) -> dict[str, Any]:
    """`{% stepper steps %}`: each has label, state ("done", "now", "next", "stuck"), and may have href and hint."""
    return {"steps": list(steps)}


@register.inclusion_tag("ui/parts/drawing.html")
def drawing(name: str = "basket") -> dict[str, Any]:
    """`{% drawing "basket" %}`: a line drawing in the brand's colours; basket, people, search, chart, letter, closed, picture."""
    return {"drawing": name}
