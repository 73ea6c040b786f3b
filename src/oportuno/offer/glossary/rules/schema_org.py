"""A term as schema.org says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def defined_term(
    *, name: str, line: str, url: str, others: Sequence[str], glossary: str, glossary_url: str, language: str
) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "@id": url,
        "url": url,
        "name": name,
        "description": line,
        "inLanguage": language,
        **({"alternateName": list(others)} if others else {}),
        "inDefinedTermSet": {"@type": "DefinedTermSet", "@id": glossary_url, "url": glossary_url, "name": glossary},
    }


def defined_term_set(*, name: str, url: str, about: str, language: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": url,
        "url": url,
        "name": name,
        "description": about,
        "inLanguage": language,
    }
