"""Addresses below a site: `path` has no slash before or after it; a post's begins with "blog/"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

BLOG = "blog"
HOME = "sitio"
RESERVED = frozenset(
    {BLOG, HOME, "preguntar", "tema", "feed", "rss", "buscar", "formulario", "desk", "media", "api", "static", "hooks", "en"}
)
"""First parts of a path that are pages of ours."""
MARKETS = frozenset({"v", "productos", "categorias", "conocimiento", "glosario", "libros", "preguntas", "expertos", "guias", "medios"})
"""First parts of what the market shows and documents link, as it stands on the market's host."""
TOPICS = "blog/temas"
LONGEST_SLUG = 90
LONGEST_PATH = 400


def slug_of(words: str) -> str:
    """Lower case, without accents, words joined by hyphens; "pagina" where nothing is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    joined = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(joined) > LONGEST_SLUG:
        joined = joined[:LONGEST_SLUG].rsplit("-", 1)[0] if "-" in joined[:LONGEST_SLUG] else joined[:LONGEST_SLUG]
    return joined or "pagina"


def path_of(kind: str, slug: str, above: str = "") -> str:
    """Where an entry stands: a post in the blog, a page below the page `above`."""
    return f"{BLOG}/{slug}" if kind == "post" else f"{above}/{slug}" if above else slug


def is_reserved(path: str, kind: str = "page") -> bool:
    """Whether an entry may not stand there, because a page of ours does."""
    return path == TOPICS or (kind == "page" and path.split("/", 1)[0] in RESERVED)


def is_markets(path: str) -> bool:
    """Whether the market shows what is at this path, in either language."""
    first, *more = path.split("/")
    return (more[0] if first == "en" and more else first) in MARKETS


def free_slug(slug: str, is_taken: Callable[[str], bool]) -> str:
    """The slug itself, or with the first number that makes it free."""
    number = 1
    found = slug
    while is_taken(found):
        number += 1
        found = f"{slug[: LONGEST_SLUG - 5]}-{number}"
    return found


def archive_in(path: str) -> tuple[int, int | None] | None:
    """The year and perhaps the month of an archive at an old address: "2012", "2012/05", "blog/archivo/2012/05/31"."""
    found = re.fullmatch(r"(?:[\w-]+/){0,2}((?:19|20)\d\d)(?:/(0?[1-9]|1[0-2]))?(?:/\d\d?)?", tidy(path))
    return (int(found[1]), int(found[2]) if found[2] else None) if found else None


def tidy(path: str) -> str:
    """A path as somebody typed or linked it, without slashes around it and without the query."""
    return re.sub(r"/{2,}", "/", path.split("#", 1)[0].split("?", 1)[0]).strip("/")[:LONGEST_PATH]
