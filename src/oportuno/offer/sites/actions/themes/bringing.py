"""Bringing a theme as a file: for the own site, or for the gallery, where a person of the market decides."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal, TooMany
from oportuno.kernel.facts import record
from oportuno.offer.sites.facts import ThemeHandedIn, ThemeWithdrawn
from oportuno.offer.sites.models import Theme, ThemeState, ThemeVersion
from oportuno.offer.sites.queries.themes.files import file_path
from oportuno.offer.sites.queries.themes.finding import source_of_version
from oportuno.offer.sites.queries.themes.words import check_words, refusal_of
from oportuno.offer.sites.rules.themes.checks import Check, checks, must_fail
from oportuno.offer.sites.rules.themes.compiling import digest_of
from oportuno.offer.sites.rules.themes.packing import MOST_PACKED, Package, package_of, unpacked
from oportuno.offer.sites.rules.themes.remarks import WrongTheme
from oportuno.offer.sites.rules.themes.versions import is_newer
from oportuno.people.organisations.api import Kind, Member

MOST_THEMES, MOST_VERSIONS = 40, 60
"""Of one organisation; versions of one theme."""
WIDEST = 2000
"""Pixels of a picture that a theme brings."""
QUALITY = 82
FORMATS = ("PNG", "JPEG", "WEBP")
MAKERS = (Kind.PROFESSIONAL, Kind.OPERATOR)


@transaction.atomic
def bring_theme(*, file: BinaryIO, by: Member, at: datetime) -> ThemeVersion:
    """For the own site alone: it may be put on at once. Raises Refusal with one sentence for what is no theme."""
    package = read_theme(file)
    name = package.header.name or package.theme.get("title") or _("Theme of our own")
    theme = _theme(str(name), package, by, at)
    last = ThemeVersion.objects.filter(theme=theme).order_by("-uploaded_at").first()
    number = f"0.{int(last.number.split('.')[-1]) + 1 if last and last.number.startswith('0.') else 1}"
    return _kept(theme, number, package, ThemeState.OWN, by, at)


@transaction.atomic
def hand_in_theme(*, file: BinaryIO, news: str = "", by: Member, at: datetime) -> ThemeVersion:
    """A new theme or a newer version of one, for the gallery; it waits for a person of the market.

    Raises Forbidden for who is no designer, Refusal for what is no theme or does not pass what must hold, Conflict for an old number.
    """
    if by.organisation.kind not in MAKERS:
        raise Forbidden(_("Themes for others are handed in by professionals: designers and studios."))
    package = read_theme(file)
    header = package.header
    if not header.name or not header.version:
        raise Refusal(_("The file style.css has to say “Theme Name” and “Version” in its first comment."), field="file")
    theme = _theme(header.name, package, by, at)
    number = header.version
    earlier = ThemeVersion.objects.filter(theme=theme).exclude(state=ThemeState.OWN)
    newest = list(earlier.order_by("-uploaded_at").values_list("number", flat=True)[:1])
    if newest and not is_newer(number, newest[0]):
        raise Conflict(
            _("Version %(number)s is not newer than %(newest)s, which was handed in before.") % {"number": number, "newest": newest[0]}
        )
    earlier.filter(state=ThemeState.WAITING).update(state=ThemeState.TAKEN_BACK)
    version = _kept(theme, number, package, ThemeState.WAITING, by, at, news)
    record(ThemeHandedIn(theme=theme.pk, version=version.pk, by=by.id, at=at))
    return version


@transaction.atomic
def take_back_version(*, version: UUID, by: Member, at: datetime) -> None:
    """What waits for review does so no more. Raises NotFound, Conflict once it was decided."""
    found = ThemeVersion.objects.filter(pk=version, organisation_id=by.organisation.pk).first()
    if found is None:
        raise NotFound
    if not ThemeVersion.objects.filter(pk=version, state=ThemeState.WAITING).update(state=ThemeState.TAKEN_BACK, decided_at=at):
        raise Conflict(_("This version was decided already."))


@transaction.atomic
def withdraw_theme(*, theme: UUID, by: Member, at: datetime) -> Theme:
    """It stands in the gallery no more; whoever uses it keeps it. Raises NotFound."""
    found = Theme.objects.filter(pk=theme, organisation_id=by.organisation.pk).first()
    if found is None:
        raise NotFound
    found.published, found.withdrawn_at = False, at
    found.save(update_fields=["published", "withdrawn_at"])
    record(ThemeWithdrawn(theme=found.pk, by=by.id, at=at))
    return found


def read_theme(file: BinaryIO) -> Package:
    """What is taken of an uploaded file, its pictures encoded by us. Raises Refusal."""
    try:
        package = package_of(unpacked(file.read(MOST_PACKED + 1)))
    except WrongTheme as wrong:
        raise refusal_of(wrong) from None
    pictures, renamed = {}, {}
    for path, content in package.pictures.items():
        encoded = _encoded(content)
        if encoded is None:
            package.remarks.add("wrong type", path)
            continue
        renamed[path] = str(Path(path).with_suffix(".webp"))
        pictures[renamed[path]] = encoded
    theme, variations = _renamed(package.theme, renamed), _renamed(package.variations, renamed)
    return Package(package.header, theme, variations, package.fonts, pictures, package.remarks)


def _encoded(content: bytes) -> bytes | None:
    """The picture as WebP, decoded and encoded again, so that nothing else travels in it; None for what is none."""
    try:
        opened = Image.open(io.BytesIO(content), formats=FORMATS)
        if opened.width * opened.height > 24_000_000:
            return None
        image = ImageOps.exif_transpose(opened)
        image = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
        image.thumbnail((WIDEST, WIDEST))
        out = io.BytesIO()
        image.save(out, "WEBP", quality=QUALITY, method=4)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return out.getvalue()


def _renamed(value: Any, paths: Mapping[str, str]) -> Any:
    """The same values, pictures named as they are kept."""
    if isinstance(value, dict):
        return {key: _renamed(one, paths) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, paths) for one in value]
    if isinstance(value, str) and value.startswith("file:./") and value[7:] in paths:
        return f"file:./{paths[value[7:]]}"
    return value


def _theme(name: str, package: Package, by: Member, at: datetime) -> Theme:
    """The organisation's theme of this name, made if there is none."""
    slug = slugify(name)[:60] or "tema"
    found = Theme.objects.select_for_update().filter(organisation_id=by.organisation.pk, slug=slug).first()
    if found:
        if ThemeVersion.objects.filter(theme=found).count() >= MOST_VERSIONS:
            raise TooMany(_("A theme has at most %(most)s versions here.") % {"most": MOST_VERSIONS})
        return found
    if Theme.objects.filter(organisation_id=by.organisation.pk).count() >= MOST_THEMES:
        raise TooMany(_("An organisation keeps at most %(most)s themes.") % {"most": MOST_THEMES})
    return Theme.objects.create(
        slug=slug, name=name[:80], maker=by.organisation.name, licence=package.header.licence, about=about(package), created_at=at
    )


def about(package: Package) -> dict[str, str]:
    """What the theme says of itself, by language."""
    ours = package.theme.get("settings", {}).get("custom", {}).get("oportuno", {})
    said = ours.get("about") if isinstance(ours, dict) else None
    words = {key: str(text)[:300] for key, text in said.items() if key in ("es", "en")} if isinstance(said, dict) else {}
    usual = package.theme.get("description") or package.header.description
    return words or ({"es": usual[:300], "en": usual[:300]} if usual else {})


@dataclass(frozen=True)
class Stored:
    """A file of a theme under the digest of its content."""

    path: str
    digest: str
    kind: str
    size: int

    def as_json(self) -> dict[str, Any]:
        return {"digest": self.digest, "kind": self.kind, "size": self.size}


def _stored(package: Package) -> Iterator[Stored]:
    """Write its files; what is there already stays as it is."""
    for path, content in {**package.fonts, **package.pictures}.items():
        kind = "woff2" if path in package.fonts else "webp"
        digest = hashlib.sha256(content).hexdigest()
        target = file_path(digest, kind)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(".new")
            fresh.write_bytes(content)
            fresh.replace(target)
        yield Stored(path, digest, kind, len(content))


def _kept(theme: Theme, number: str, package: Package, state: ThemeState, by: Member, at: datetime, news: str = "") -> ThemeVersion:
    header = package.header
    files = {one.path: one.as_json() for one in _stored(package)}
    version = ThemeVersion(
        theme=theme,
        number=number,
        state=state,
        published=state == ThemeState.OWN,
        parts={
            "theme": package.theme,
            "variations": package.variations,
            "header": {
                "name": theme.name,
                "author": header.author,
                "description": header.description,
                "version": number,
                "licence": header.licence,
            },
        },
        files=files,
        size=sum(one["size"] for one in files.values()),
        news=news.strip()[:500],
        uploaded_by_id=by.id,
        uploaded_at=at,
    )
    source = source_of_version(version)
    found = checks(source, header, package.remarks, {path: one["size"] for path, one in files.items()})
    if state == ThemeState.WAITING:
        _must_pass(found)
    version.digest = digest_of(source)
    version.checks = [one.as_json() for one in found]
    version.remarks = [one.as_json() for one in package.remarks]
    version.save(force_insert=True)
    return version


def _must_pass(found: list[Check]) -> None:
    failing = must_fail(found)
    if failing:
        words = " ".join(f"{check_words(one.code, one.variation)}: {one.what}." if one.what else f"{check_words(one.code, one.variation)}." for one in failing[:4])  # fmt: skip
        raise Refusal(_("The theme cannot be handed in yet. %(why)s") % {"why": words}, field="file")
