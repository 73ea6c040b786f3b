"""The words inside of a block: a little HTML, cleaned when it is written."""

from __future__ import annotations

import html
import re
from typing import Annotated

import nh3
from pydantic import AfterValidator, StringConstraints

LONGEST = 50_000
"""Characters of one paragraph: whole chapters are pasted, whole libraries are not."""
TAGS = {"a", "strong", "em", "u", "s", "code", "mark", "sub", "sup", "br", "dfn"}
ATTRIBUTES = {"a": {"href", "title"}, "dfn": {"data-term"}}
SCHEMES = {"http", "https", "mailto", "tel"}
SAME = {"b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u"}
"""How others call what we call otherwise."""
CALLED = re.compile(rf"<(/?)({'|'.join(SAME)})(?=[\s>/])", re.IGNORECASE)
BREAK = re.compile(r"<br\s*/?>")


def clean(text: str) -> str:
    """Only what may stand in a line: emphasis, links that lead somewhere harmless, terms. Whatever else is dropped, its words stay."""
    if "<" not in text and "&" not in text:
        return text.strip()
    named = CALLED.sub(lambda found: f"<{found[1]}{SAME[found[2].lower()]}", text)
    return nh3.clean(named, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener").strip()


def plain(text: str) -> str:
    """The words alone, a line break for each break."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(nh3.clean(BREAK.sub("\n", text), tags=set()))


Inline = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(clean)]
"""A line or a paragraph with emphasis and links."""
