"""Small things that all drawing shares."""

from __future__ import annotations

import re

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def aligned(look: str, align: str) -> str:
    """The class attribute, if any."""
    names = " ".join(name for name in (look, f"align-{align}" if align else "") if name)
    return f' class="{names}"' if names else ""


def addressed(text: str) -> str:
    """Links followed by where they lead, unless they say it themselves."""
    return LINK.sub(lambda found: found[2] if found[1] in found[2] else f"{found[2]} &lt;{found[1]}&gt;", text)
