"""What tells machines and sellers of links from readers, without asking anybody else."""

from __future__ import annotations

import re

LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
MOST_LINKS = 2  # in a comment: who helps links once, who sells links often
MOST_LETTERS_SHOUTED = 60


def count_links(text: str) -> int:
    return len(LINK.findall(text))


def signs(*, text: str, name: str, seen: bool) -> list[str]:
    """Why a comment looks like spam: words for the team, none for an ordinary one. `seen`: the same text stands below another post."""
    found = []
    if count_links(text) > MOST_LINKS:
        found.append("links")
    if count_links(name):
        found.append("name")
    if seen:
        found.append("repeated")
    letters = [one for one in text if one.isalpha()]
    if len(letters) > MOST_LETTERS_SHOUTED and all(one.isupper() for one in letters):
        found.append("shouted")
    return found


def is_spam(found: list[str]) -> bool:
    """Shouting alone is rude, and no spam."""
    return bool(set(found) - {"shouted"})
