"""Keeping files."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from oportuno.kernel.errors import Refusal
from oportuno.kernel.web import fetch
from oportuno.offer.media.actions.storing import picture_path, release, write
from oportuno.offer.media.models import Document, Item, Picture
from oportuno.offer.media.rules import files as rules

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")
SAVED: dict[str, dict[str, Any]] = {"WEBP": {"quality": 82, "method": 4}, "AVIF": {"quality": 50, "speed": 8}}
"""How each is written: alike to the eye. AVIF at this speed takes as long as WebP; slower, it would win little."""
SIDE = 800  # of a drawing, which is square and has no pixels
Image.MAX_IMAGE_PIXELS = rules.PICTURE_PIXELS


@transaction.atomic
def keep_picture(
    *, file: BinaryIO, name: str, by: UUID | None, at: datetime, alt: str = "", source: str = "", listed: bool = True
) -> Picture:
    """Keep an image, re-encoded to WebP and AVIF in up to three widths, without its metadata; the library lists it.

    `source` is the address it came from, if any; not `listed`: a likeness of something of others, no thing of the library.
    Raises Refusal, naming the file, for what is no image or too big.
    """
    image = _decoded(file, name)
    sizes = {size[0]: size for target in rules.WIDTHS if (size := rules.fitted(*image.size, target))}
    smaller = {width: _resized(image, size) for width, size in sizes.items()}
    versions = {width: _encoded(one, "WEBP") for width, one in smaller.items()}
    digest = hashlib.sha256(versions[max(versions)]).hexdigest()
    for width, content in versions.items():
        write(picture_path(digest, width), content)
        if not (lighter := picture_path(digest, width, "avif")).exists():
            write(lighter, _encoded(smaller[width], "AVIF"))
    release([digest])
    picture = Picture.objects.create(
        alt=alt[:200], digest=digest, width=image.width, height=image.height, widths=sorted(versions), avif=True,
        source=source, created_by_id=by, created_at=at,
    )  # fmt: skip
    if listed:
        Item.objects.create(
            pk=picture.pk, kind=Item.Kind.IMAGE, name=title_of(name), picture=picture, digest=digest, ending="webp", content_type="image/webp",
            size=len(versions[max(versions)]), source=source, created_by_id=by, created_at=at,
        )  # fmt: skip
    return picture


def fetch_picture(address: str) -> bytes:
    """What lies at a public web address, to be kept with `keep_picture`. Asks no database, so that no transaction waits. Raises Refusal."""
    answer = fetch(address, limit=rules.PICTURE_BYTES)
    if answer.status != 200:
        raise Refusal(_("There is no image at %(address)s.") % {"address": address})
    return answer.body


def pictures_from(addresses: Collection[str]) -> dict[str, UUID]:
    """Those that were fetched before, by address; of several the newest."""
    return dict(Picture.objects.filter(source__in=addresses).order_by("created_at").values_list("source", "pk"))


@dataclass(frozen=True)
class Drawing:
    """A picture that code draws: arguments of `kernel.drawings.product_picture`, and what it shows in words."""

    kind: str
    colour: str
    seed: int
    alt: str = ""


def draw_pictures(drawings: Sequence[Drawing], *, at: datetime) -> list[Picture]:
    """Pictures drawn by code, in the order given; nothing is written to disk."""
    made = [
        Picture(drawn={"kind": d.kind, "colour": d.colour, "seed": d.seed}, width=SIDE, height=SIDE, alt=d.alt[:200], created_at=at)
        for d in drawings
    ]
    return Picture.objects.bulk_create(made, batch_size=1000)


def keep_document(*, file: BinaryIO, name: str, by: UUID | None, at: datetime) -> Document:
    """Keep a private file: PDF, picture, Word or Excel, at most 20 MB, told by its content. Raises Refusal."""
    content = file.read(rules.DOCUMENT_BYTES + 1)
    kind = rules.type_of(content[:32], name)
    if len(content) > rules.DOCUMENT_BYTES:
        raise Refusal(_("%(name)s is bigger than 20 MB.") % {"name": rules.clean_name(name)})
    if kind not in rules.DOCUMENT_TYPES:
        raise Refusal(_("%(name)s cannot be kept: bring a PDF, a picture, or a Word or Excel file.") % {"name": rules.clean_name(name)})
    document = Document(
        name=rules.clean_name(name),
        content_type=kind,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        created_by_id=by,
        created_at=at,
    )
    write(Path(settings.PRIVATE_ROOT) / document.path, content)
    document.save(force_insert=True)
    return document


def _decoded(file: BinaryIO, name: str) -> Image.Image:
    content = file.read(rules.PICTURE_BYTES + 1)
    if len(content) > rules.PICTURE_BYTES:
        raise Refusal(_("%(name)s is bigger than 15 MB.") % {"name": rules.clean_name(name)})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
            image.draft("RGB", (max(rules.WIDTHS), max(rules.WIDTHS)))  # a JPEG is decoded no bigger than needed
            image = ImageOps.exif_transpose(image)
            return image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise Refusal(_("%(name)s is not a picture that can be read.") % {"name": rules.clean_name(name)}) from error


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **SAVED[kind])
    return out.getvalue()


def title_of(name: str) -> str:
    """What a thing is called at first: its file's name, without the ending; of an address its last part."""
    last = rules.clean_name(name.split("?", 1)[0])
    return last.rsplit(".", 1)[0].replace("_", " ")[:200] or last
