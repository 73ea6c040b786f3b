"""Messages in the reader's language: gathered, checked and compiled with Babel, without the gettext tools.

Each application keeps its own Spanish in `locale/es/LC_MESSAGES/django.po`; English is what stands in the code.
The compiled `.mo` files are not committed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent
LANGUAGE = "es"
PO = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = "# Spanish messages of Oportuno."


@dataclass(frozen=True)
class Untranslated:
    """A message without its Spanish, or with doubtful Spanish."""

    application: str
    message: str


@dataclass(frozen=True)
class Saying:
    """What one application says for a message; `ours` is false for libraries."""

    application: str
    ours: bool
    spanish: tuple[str, ...]  # one for each plural form


@dataclass(frozen=True)
class Overruled:
    """A message whose Spanish is never seen: Django shows that of the application that is installed before."""

    message: str
    shown: Saying
    unseen: Saying

    def __str__(self) -> str:
        here, everywhere = (" / ".join(saying.spanish) for saying in (self.unseen, self.shown))
        return (
            f"{self.unseen.application}: “{self.message}” is “{here}” here, yet {self.shown.application} makes it “{everywhere}” everywhere"
        )


def applications() -> list[Path]:
    """Every folder that is a Django application."""
    return sorted(file.parent for file in SOURCE.glob("**/apps.py"))


def extract_from(application: Path) -> Catalog:
    """All messages that the application's Python and templates use."""
    catalog = Catalog(locale=LANGUAGE, project="oportuno", charset="utf-8", header_comment=HEADER)
    nested = [other for other in applications() if other != application and application in other.parents]
    for file in _sources(application, nested):
        for line, message, comments, context in _messages(file):
            catalog.add(message, None, [(str(file.relative_to(SOURCE)), line)], auto_comments=comments, context=context)
    return catalog


def update_all() -> int:
    """Bring every .po in line with the code, keeping translations; how many messages lack theirs."""
    for application in applications():
        found, file = extract_from(application), application / PO
        if not len(found) and not file.exists():
            continue
        known = _read(file) if file.exists() else Catalog(locale=LANGUAGE, charset="utf-8")
        known.update(found, no_fuzzy_matching=True)
        known.obsolete.clear()
        known.header_comment = HEADER
        file.parent.mkdir(parents=True, exist_ok=True)
        text = io.BytesIO()
        write_po(text, known, width=120, omit_header=False, sort_by_file=False, no_location=True, sort_output=True, ignore_obsolete=True)
        file.write_bytes(_without_dates(text.getvalue()))
    return len(untranslated())


def untranslated() -> list[Untranslated]:
    """What the code says that has no Spanish yet."""
    missing = []
    for application in applications():
        file = application / PO
        known = _read(file) if file.exists() else Catalog(locale=LANGUAGE)
        name = str(application.relative_to(SOURCE))
        for message in extract_from(application):
            if message.id and not _is_translated(known.get(_single(message), message.context)):
                missing.append(Untranslated(name, _single(message)))
    return missing


def overruled(catalogs: Iterable[tuple[str, bool, Catalog]] | None = None) -> list[Overruled]:
    """Messages for which two applications have different Spanish: one word for both, or a context, mends it.

    `catalogs` come in the order of INSTALLED_APPS: name, whether it is ours, messages. Libraries only count when
    they stand before us, for what comes first is what Django shows.
    """
    first: dict[tuple[str, str | None, bool], Saying] = {}
    found = []
    for name, ours, catalog in installed() if catalogs is None else catalogs:
        for message in catalog:
            if message.id and _is_translated(message):
                key = (_single(message), message.context, message.pluralizable)
                saying = Saying(name, ours, _strings(message))
                shown = first.setdefault(key, saying)
                if ours and shown.spanish != saying.spanish:
                    found.append(Overruled(key[0], shown, saying))
    return found


def installed() -> Iterator[tuple[str, bool, Catalog]]:
    """The Spanish of every installed application, in the order in which Django asks them."""
    from django.apps import apps

    for config in apps.get_app_configs():
        folder = Path(config.path)
        ours = folder.is_relative_to(SOURCE)
        file = folder / (PO if ours else PO.with_suffix(".mo"))
        if file.exists():
            with file.open("rb") as source:
                yield config.label, ours, _read(file) if ours else read_mo(source)


def compile_all() -> int:
    """Write the .mo beside each .po that is newer; how many."""
    written = 0
    for file in SOURCE.glob(f"**/{PO}"):
        target = file.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < file.stat().st_mtime:
            fresh = target.with_suffix(".mo.new")
            with fresh.open("wb") as out:
                write_mo(out, _read(file))
            fresh.replace(target)
            written += 1
    return written


def _sources(application: Path, nested: list[Path]) -> Iterator[Path]:
    for pattern in ("**/*.py", "templates/**/*.html", "templates/**/*.txt", "templates/**/*.mjml"):
        for file in sorted(application.glob(pattern)):
            inside = any(other in file.parents for other in nested)
            if not inside and "tests" not in file.parts and "migrations" not in file.parts and "node_modules" not in file.parts:
                yield file


def _messages(file: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        from django.utils.translation.template import templatize

        # What it makes of a template reads like Python but for the indentation, over which the tokenizer stumbles.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(file)).splitlines())
    yield from extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=["Translators:"])


def _read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=LANGUAGE)


def _single(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)


def _is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(_strings(message))


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)


def _without_dates(text: bytes) -> bytes:
    """Leave the creation dates out: they would change with every run."""
    return b"".join(
        line for line in text.splitlines(keepends=True) if not line.startswith((b'"POT-Creation', b'"PO-Revision', b'"Generated-By'))
    )
