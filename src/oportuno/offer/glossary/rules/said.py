"""What is said of a term: the same whether staff writes it, a seller proposes it or a sheet brings it."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, ...] = ("es", "en")
LONGEST_NAME, LONGEST_LINE, MOST_OTHERS, MOST_SEE, MOST_REFERENCES = 80, 300, 12, 12, 20


@dataclass(frozen=True)
class Reference:
    """Where it can be looked up: in words, and an address if it has one."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Said:
    """`line_…`: what it means, in one breath, plain words. `body_…`: a document of blocks as JSON, {} for none. `see`: slugs of others."""

    name_es: str = ""
    name_en: str = ""
    others_es: tuple[str, ...] = ()
    others_en: tuple[str, ...] = ()
    line_es: str = ""
    line_en: str = ""
    body_es: dict[str, Any] = field(default_factory=dict)
    body_en: dict[str, Any] = field(default_factory=dict)
    see: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    sector: str = ""
    linked: bool = True

    @property
    def name(self) -> str:
        return self.name_es or self.name_en

    def names(self, language: Language) -> tuple[str, ...]:
        """All that it is called in a language, its own name first."""
        own: str = getattr(self, f"name_{language}")
        others: tuple[str, ...] = getattr(self, f"others_{language}")
        return tuple(name for name in (own, *others) if name)


def write(said: Said) -> dict[str, Any]:
    """As JSON's values."""
    return asdict(said)


def read(kept: dict[str, Any]) -> Said:
    """What `write` wrote."""
    known = {name: kept[name] for name in Said.__dataclass_fields__ if name in kept}
    for name in ("others_es", "others_en", "see"):
        known[name] = tuple(known.get(name, ()))
    known["references"] = tuple(Reference(one["text"], one.get("address", "")) for one in known.get("references", ()))
    return Said(**known)


def bare(name: str) -> str:
    """For the order of lists: small letters without accents, ñ after all other n."""
    folded = name.casefold().replace("ñ", "nzz")
    return "".join(one for one in unicodedata.normalize("NFD", folded) if unicodedata.category(one) != "Mn").strip()[:160]


def letter(name: str) -> str:
    """Under which letter it stands: a to z, ñ, or "#" for what begins with none."""
    first = name.strip()[:1].casefold()
    if first == "ñ":
        return "ñ"
    sign = bare(first)[:1]
    return sign if "a" <= sign <= "z" else "#"


def lines_of_references(references: tuple[Reference, ...]) -> str:
    """One a line, the address at its end."""
    return "\n".join(f"{one.text} {one.address}".strip() for one in references)


def references_of_lines(text: str) -> tuple[Reference, ...]:
    """What people type: a source a line; an address is what begins with https:// or http:// at its end."""
    found = []
    for line in text.splitlines():
        words = " ".join(line.split())
        if not words:
            continue
        before, _, last = words.rpartition(" ")
        is_address = last.startswith(("https://", "http://"))
        found.append(Reference((before if is_address else words) or last, last if is_address else ""))
    return tuple(found)
