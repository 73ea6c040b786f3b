"""What is said about a theme that somebody brings: remarks, which drop a part of it, and refusals, which drop all of it.

Codes only; `queries.themes.words` makes sentences of them in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_REMARKS = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """One part that we leave out, or that its maker should know. `where`: a path such as "styles.color.text"; `what`: the words meant."""

    code: str
    where: str
    what: str = ""

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "where": self.where, "what": self.what}


class WrongTheme(Exception):
    """The file is no theme, or one that we do not take. `code` and `data` become one sentence."""

    def __init__(self, code: str, **data: object) -> None:
        self.code = code
        self.data = data
        super().__init__(f"{code} {data}")


class Unsafe(Exception):
    """A CSS value that is not on the list of what we pass on; the text says which part of it."""


class Remarks(list[Remark]):
    """Gathered while one reads; the same is said once, and never more than is read."""

    def add(self, code: str, where: str, what: object = "") -> None:
        remark = Remark(code, where[:200], _short(what))
        if len(self) < MOST_REMARKS and remark not in self:
            self.append(remark)


def _short(what: object) -> str:
    """Printable, at most 80 characters."""
    text = "".join(c if c.isprintable() else " " for c in str(what))
    return text if len(text) <= 80 else f"{text[:79]}…"
