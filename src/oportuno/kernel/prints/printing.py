"""From pieces to bytes: what the press is given, and its limits."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import structlog
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.packs.identity import LABEL, contrast

from .pieces import Heading, Piece, Print

HERE = Path(__file__).parent
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LONGEST = 60
"""Seconds of a whole print: a book of five hundred pages takes three."""
MEMORY = 1_536
"""Megabytes of addresses for the press and everything it loads."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""No font has them."""
log = structlog.get_logger(__name__)


class NotPrinted(Refusal):
    """The press was stopped at its limits, or found something that it cannot set. Trying again does not help."""


def pdf(print: Print, *, pictures: Mapping[str, bytes] | None = None, seconds: int = LONGEST, megabytes: int = MEMORY) -> bytes:
    """The bytes of a PDF with its fonts, tagged for readers by ear. `pictures`: PNG, JPEG, WebP, GIF or AVIF by name.

    Raises NotPrinted.
    """
    with tempfile.TemporaryDirectory(prefix="oportuno-print-") as made:
        room = Path(made)
        (room / "pictures").mkdir()
        names = {}
        for number, (name, content) in enumerate((pictures or {}).items()):
            names[name] = f"{number}"
            (room / "pictures" / names[name]).write_bytes(content)
        (room / "print.json").write_text(json.dumps(_plain(_told(print, names)), ensure_ascii=False), encoding="utf-8")
        (room / "house.typ").write_bytes((HERE / "house.typ").read_bytes())
        _press(room, seconds, megabytes)
        return (room / "print.pdf").read_bytes()


def pages_in(made: bytes) -> int:
    """How many pages a PDF of ours has; 0 for what is none."""
    found = re.search(rb"/Type/Pages/Count (\d+)", made)
    return int(found[1]) if found else 0


def _press(room: Path, seconds: int, megabytes: int) -> None:
    """In a process of its own: whatever it meets, no worker dies of it."""
    command = [sys.executable, "-I", str(HERE / "press.py"), str(room), str(seconds), str(megabytes)]
    try:
        done = subprocess.run(command, env={}, cwd=room, timeout=seconds, capture_output=True, check=False)
    except subprocess.TimeoutExpired:
        raise NotPrinted(_("This takes too long to set. Leave out some parts and try again.")) from None
    if done.returncode or not (room / "print.pdf").is_file():
        log.warning("prints.failed", code=done.returncode, said=done.stderr.decode(errors="replace")[-2_000:])
        raise NotPrinted(_("This could not be set as a PDF. Leave out pictures or large tables and try again."))


def _told(print: Print, names: Mapping[str, str]) -> dict[str, Any]:
    """The print as JSON's values, with what would stop the press made right."""
    pieces = list(_right(print.pieces))
    targets = {anchor for one in pieces for anchor in _anchors(one)}
    brand = print.brand if COLOUR.fullmatch(print.brand) else "#1f5c46"
    told = asdict(print) | {
        "brand": brand,
        "on_brand": print.on_brand if COLOUR.fullmatch(print.on_brand) else "#ffffff",
        "ink": brand if contrast(brand, "#ffffff") >= LABEL else "#222222",
        "on": [print.on.year, print.on.month, print.on.day],
        "pieces": [{"is": one.named} | asdict(one) for one in pieces],
    }
    return _linked(told, targets) | {"pictures": dict(names)}  # type: ignore[no-any-return]


def _right(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Levels of headings that do not jump; headings without words do not stand in the contents."""
    level = 0
    for one in pieces:
        if isinstance(one, Heading):
            if not "".join(run.text for run in one.words).strip():
                continue
            level = max(1, min(one.level, level + 1, 6))
            one = Heading(one.words, level, one.anchor, one.listed)
        yield one


def _anchors(one: Piece) -> list[str]:
    inside = getattr(one, "items", ())
    return [anchor for anchor in (getattr(one, "anchor", ""), *(item.anchor for item in inside)) if anchor]


def _linked(value: Any, targets: set[str]) -> Any:
    """Runs that lead to no piece keep their words."""
    if isinstance(value, dict):
        return {key: "" if key == "to" and each not in targets else _linked(each, targets) for key, each in value.items()}
    return [_linked(each, targets) for each in value] if isinstance(value, list | tuple) else value


def _plain(value: Any) -> Any:
    """Strings without signs that cannot be set."""
    if isinstance(value, str):
        return CONTROL.sub("", value)
    if isinstance(value, dict):
        return {_plain(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
