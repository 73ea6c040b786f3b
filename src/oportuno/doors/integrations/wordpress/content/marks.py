"""What WordPress draws anew at each visit, and what plugins do: the words in it are kept, the rest is reported."""

from __future__ import annotations

from html import escape
from typing import Any

from . import media
from .inline import link
from .marking import said
from .page import Writer
from .tree import Node

MORE = ("more", "nextpage")
LABELS = ("label", "text", "title", "content", "message", "buttonText", "placeholder")
"""Where blocks without HTML keep words that visitors read."""


def put(node: Node, writer: Writer) -> None:
    """Write what a mark stands for."""
    sort, name, given = node.attributes.get("data-sort", ""), node.attributes.get("data-name", ""), said(node.attributes)
    if sort == "code":
        _code(name, given, writer)
    elif sort == "block":
        _block(name, given, writer)
    elif name.startswith("more "):  # <!--more Read the rest-->: words of a link that is not needed here
        writer.flush()


def _block(name: str, given: dict[str, Any], writer: Writer) -> None:
    if name in MORE:
        return
    writer.page.leave("block", name)
    writer.flush()
    label = next((given[key] for key in LABELS if isinstance(given.get(key), str) and given[key].strip()), "")
    address = next((given[key] for key in ("url", "href", "feedURL") if isinstance(given.get(key), str)), "")
    if address and not address.startswith("#"):
        writer.text(link(address, _plain(label)))
    elif label:
        writer.text(escape(_plain(label), quote=False))


def _plain(words: str) -> str:
    from .tree import tree

    return " ".join(tree(words).text().split())


def _code(name: str, given: dict[str, Any], writer: Writer) -> None:
    if name == "gallery":
        _gallery(given, writer)
    elif name in ("embed", "youtube", "vimeo"):
        writer.flush()
        address = str(given.get("inner") or given.get("src") or given.get("0") or "").strip().lstrip("=")
        media.embed(_film(name, address), "", writer)
    elif name in ("audio", "video"):
        _played(name, given, writer)
    elif name == "playlist":
        _playlist(given, writer)
    else:
        writer.page.leave("code", name)
        writer.letters(str(given.get("raw", "")))


def _film(name: str, address: str) -> str:
    """Jetpack's codes also take a film's number alone."""
    if "/" in address or not address:
        return address
    return f"https://www.youtube.com/watch?v={address}" if name == "youtube" else f"https://vimeo.com/{address}"


def _gallery(given: dict[str, Any], writer: Writer) -> None:
    named = [one.strip() for one in str(given.get("ids") or given.get("include") or "").split(",") if one.strip()]
    library = writer.page.library
    shown = [library[number] for number in named if number in library] if named else list(writer.page.beside)
    found = [one for picture in shown if (one := media.attached(picture, writer)) is not None]
    if missing := len(named) - len(shown):
        for _one in range(missing):
            writer.page.leave("picture", "gallery")
    if not found:
        writer.page.leave("code", "gallery")
    media.pictures(found, str(given.get("columns", "")), writer)


def _played(name: str, given: dict[str, Any], writer: Writer) -> None:
    keys = ("src", "mp3", "m4a", "ogg", "wav", "flac", "mp4", "m4v", "webm", "ogv", "flv", "0", "inner")
    src = next((str(given[key]).split("|")[0] for key in keys if str(given.get(key, "")).startswith(("http", "/"))), "")
    if not src:
        endings = media.SOUNDS if name == "audio" else media.FILMS
        src = next((one.address for one in writer.page.beside if one.address.lower().endswith(endings)), "")
    if file := writer.page.file(name, src) if src else "":
        writer.add({"type": name, "file": file})
    else:
        writer.page.leave("code", name)


def _playlist(given: dict[str, Any], writer: Writer) -> None:
    named = [one.strip() for one in str(given.get("ids", "")).split(",") if one.strip()]
    shown = [writer.page.library[one] for one in named if one in writer.page.library] if named else list(writer.page.beside)
    played = [one for one in shown if one.address.lower().endswith(media.SOUNDS + media.FILMS)]
    for one in played:
        media.embed(one.address, "", writer)
    if not played:
        writer.page.leave("code", "playlist")
