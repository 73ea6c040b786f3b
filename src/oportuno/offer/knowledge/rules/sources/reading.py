"""What somebody pastes: BibTeX, RIS, CSL-JSON, or the DOIs of sources to be completed by hand."""

from __future__ import annotations

import json

from .bibtex import read_bibtex
from .items import KEY, Item, SourceUnreadable, clean, doi_of
from .ris import read_ris

MOST = 500


def read_any(text: str) -> list[tuple[str, Item]]:
    """(key or "", source). A DOI alone becomes a source that is called by it: nobody is asked over the network. Raises SourceUnreadable."""
    text = text.strip()
    if not text:
        raise SourceUnreadable("nothing")
    if text.startswith(("[", "{")):
        return _json(text)
    if "TY  -" in text[:2_000] or "TY -" in text[:2_000]:
        return [("", one) for one in read_ris(text)]
    if text.startswith("@") or "\n@" in text:
        return read_bibtex(text)
    lines = [one.strip() for one in text.splitlines() if one.strip()]
    dois = [doi_of(one) for one in lines]
    if not all(dois):
        raise SourceUnreadable("line", next((place for place, one in enumerate(dois, 1) if not one), 1))
    return [("", clean({"type": "article-journal", "title": f"doi:{one}", "DOI": one})) for one in dict.fromkeys(dois)][:MOST]


def _json(text: str) -> list[tuple[str, Item]]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise SourceUnreadable("line", 1) from None
    items = given if isinstance(given, list) else [given]
    if len(items) > MOST:
        raise SourceUnreadable("many")
    if not items or not all(isinstance(one, dict) for one in items):
        raise SourceUnreadable("nothing")
    return [(key if KEY.fullmatch(key := str(one.get("id", ""))) else "", clean(one)) for one in items]
