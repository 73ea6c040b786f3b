"""What a block may ask for while it is drawn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.text import slugify

from ..blocks.block import Block, Need
from ..blocks.layout import Columns
from ..kinds import kind_of

WEBP = re.compile(r"(/pictures/[0-9a-f]{64}-\d{1,5})\.webp$")
OURS = re.compile(r'(href|src)="/(?!/)')


@dataclass(frozen=True)
class Page:
    """One document being drawn: the reader's language, what it shows of others, and what goes before our addresses in mail."""

    language: str
    found: Mapping[Need, Any] = field(default_factory=dict)
    base: str = ""
    anchors: Counter[str] = field(default_factory=Counter)

    def shown(self, source: str, name: str) -> Any:
        """What a block needs; None when it is gone."""
        return self.found.get((source, name))

    def anchor(self, words: str) -> str:
        """What a link to a heading names: no two in a piece are called the same."""
        name = slugify(words)[:60].strip("-") or "parte"
        self.anchors[name] += 1
        return name if self.anchors[name] == 1 else f"{name}-{self.anchors[name]}"

    def address(self, href: str) -> str:
        """Escaped for an attribute; whole in mail."""
        return escape(self.base + href if self.base and href.startswith("/") and not href.startswith("//") else href)

    def picture(self, src: str) -> str:
        """The same of a picture; in mail as JPEG, for many programs that show mail know no WebP."""
        return self.address(WEBP.sub(r"\1.jpg", src) if self.base else src)

    def inline(self, text: str) -> str:
        """Clean words with whole addresses."""
        return OURS.sub(rf'\1="{escape(self.base)}/', text) if self.base and "<a" in text else text

    def html(self, blocks: Iterable[Block]) -> list[str]:
        return [drawn for block in blocks if (drawn := kind_of(block).html(block, self))]

    def mjml(self, blocks: Iterable[Block]) -> list[str]:
        return [drawn for block in blocks if (drawn := kind_of(block).mjml(block, self))]

    def text(self, blocks: Iterable[Block]) -> str:
        return "\n\n".join(drawn for block in blocks if (drawn := kind_of(block).text(block, self)))

    def sections(self, blocks: Iterable[Block]) -> list[str]:
        """Mail has sections of columns of elements: columns begin a section of their own, all else shares one."""
        sections: list[str] = []
        waiting: list[str] = []
        for block in blocks:
            drawn = kind_of(block).mjml(block, self)
            if isinstance(block, Columns):
                sections += [*_section(waiting), drawn]
                waiting = []
            elif drawn:
                waiting.append(drawn)
        return [*sections, *_section(waiting)]


def _section(elements: list[str]) -> list[str]:
    return [f"<mj-section><mj-column>{''.join(elements)}</mj-column></mj-section>"] if elements else []
