"""What is written of an article in one language, and what a draft still lacks before it can be published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("es", "en")
PARTS_OF_A_CASE = ("who", "problem", "done", "result")
WORDS = ("title", "summary", *PARTS_OF_A_CASE)
LONGEST = {"title": 200, "summary": 600, "who": 600, "problem": 1500, "done": 1500, "result": 1500}
MOST_FIGURES, MOST_AUTHORS = 8, 20

Texts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Lack:
    """`code` says what is missing, `what` where (a language, a key)."""

    code: str
    what: str = ""


def is_written(text: Mapping[str, Any]) -> bool:
    """Whether anything stands in this language."""
    return any(str(text.get(part) or "").strip() for part in WORDS) or bool((text.get("document") or {}).get("blocks"))


def written_in(texts: Texts) -> list[str]:
    return [one for one in LANGUAGES if is_written(texts.get(one, {}))]


def language_of(texts: Texts, wanted: str) -> str:
    """The language to show to a reader of `wanted`: that, else what there is."""
    there = written_in(texts) or ["es"]
    return wanted if wanted in there else there[0]


def clean_text(given: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What is given over what was there before, within its lengths; `document` is taken as it comes, read by whoever calls."""
    kept = dict(before)
    for part in WORDS:
        if part in given and given[part] is not None:
            words = str(given[part])
            kept[part] = (" ".join(words.split()) if part in ("title", "summary") else words.strip())[: LONGEST[part]]
    if given.get("document") is not None:
        kept["document"] = given["document"]
    return kept


def clean_figures(given: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What a case measured: its name in each language, before, after, unit. Without a name it is nothing."""
    found = []
    for one in given:
        kept = {part: " ".join(str(one.get(part) or "").split())[:80] for part in ("es", "en", "before", "after", "unit")}
        if kept["es"] or kept["en"]:
            found.append(kept)
    return found[:MOST_FIGURES]


def clean_bylines(given: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Who signs, in order: family name at least. `author` is the identity of an author's page, kept as text."""
    found = []
    for one in given:
        kept = {part: " ".join(str(one.get(part) or "").split())[:120] for part in ("given", "family", "affiliation", "orcid", "author")}
        if kept["family"]:
            found.append(kept)
    return found[:MOST_AUTHORS]


def is_orcid(text: str) -> bool:
    """Sixteen characters in four groups, the last a check digit (ISO 7064 mod 11-2)."""
    digits = text.replace("-", "")
    if (
        len(digits) != 16
        or not digits[:15].isascii()
        or not digits[:15].isdigit()
        or text != "-".join(digits[i : i + 4] for i in (0, 4, 8, 12))
    ):
        return False
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    last = (12 - total % 11) % 11
    return digits[15] == ("X" if last == 10 else str(last))


def lacking(
    *, kind: str, texts: Texts, bylines: Sequence[Any], figures: Sequence[Mapping[str, str]], categories: Collection[str],
    cited: Mapping[str, Sequence[str]], known: Collection[str], news: str, live: int,
) -> list[Lack]:  # fmt: skip
    """What must be mended before it can be published, in the order of the page. `cited`: keys by language; `known`: keys of sources."""
    there = written_in(texts)
    found = [] if there else [Lack("text", "es")]
    for language in there:
        text = texts[language]
        found += [Lack(part, language) for part in ("title", "summary") if not str(text.get(part) or "").strip()]
        if not (text.get("document") or {}).get("blocks") and kind == "article":
            found.append(Lack("text", language))
        if kind == "case":
            found += [Lack(part, language) for part in PARTS_OF_A_CASE if not str(text.get(part) or "").strip()]
    if kind == "case" and not any(one.get("after") for one in figures):
        found.append(Lack("figures"))
    found += [] if bylines else [Lack("authors")]
    found += [] if categories else [Lack("categories")]
    unknown = [key for keys in cited.values() for key in keys if key not in known]
    found += [Lack("unknown", key) for key in dict.fromkeys(unknown)]
    found += [Lack("news")] if live and not news.strip() else []
    return found
