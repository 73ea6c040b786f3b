"""Blocks of pictures, films and sound. Files are named by their number in the media library, films of others by their address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ..address import Address
from ..inline import Inline
from .block import Block, Need

FileId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]
Alternative = Annotated[str, StringConstraints(max_length=500)]
"""What is to be seen, for who does not see it. Empty: the picture only decorates."""
MOST_PICTURES = 60


class Image(Block):
    """A picture with its words below. `href` makes it a link."""

    type: Literal["image"] = "image"
    picture: FileId
    alt: Alternative = ""
    caption: Inline = ""
    width: Literal["", "wide", "full", "small"] = ""
    href: Address | Literal[""] = ""

    def needs(self) -> Iterator[Need]:
        yield ("picture", self.picture)


class Picture(BaseModel):
    """One of a gallery."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    picture: FileId
    alt: Alternative = ""
    caption: Inline = ""


class Gallery(Block):
    """Pictures side by side."""

    type: Literal["gallery"] = "gallery"
    pictures: Annotated[tuple[Picture, ...], Field(max_length=MOST_PICTURES)]
    columns: Annotated[int, Field(ge=1, le=6)] = 3

    def needs(self) -> Iterator[Need]:
        return (("picture", one.picture) for one in self.pictures)


YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
YOUTUBE_ID = re.compile(r"[\w-]{11}")
VIMEO_ID = re.compile(r"\d{5,12}")


def film_of(address: str) -> tuple[str, str] | None:
    """("youtube" or "vimeo", the film's id) of an address as people copy it; None for any other."""
    parts = urlsplit(address)
    host, steps = (parts.hostname or "").lower(), [step for step in parts.path.split("/") if step]
    if host in YOUTUBE_HOSTS:
        at = steps[-1] if host == "youtu.be" or (steps and steps[0] in ("embed", "shorts", "live", "v")) else ""
        found = at or parse_qs(parts.query).get("v", [""])[0]
        return ("youtube", found) if YOUTUBE_ID.fullmatch(found) else None
    if host in VIMEO_HOSTS:
        numbers = [step for step in steps if VIMEO_ID.fullmatch(step)]
        return ("vimeo", numbers[0]) if numbers else None
    return None


class Video(Block):
    """A film of YouTube or Vimeo (`url`) or of the library (`file`): one of the two. Nothing is asked of others before somebody plays it."""

    type: Literal["video"] = "video"
    url: Address | Literal[""] = ""
    file: FileId | Literal[""] = ""
    poster: FileId | Literal[""] = ""
    title: Alternative = ""
    caption: Inline = ""

    @model_validator(mode="after")
    def _is_one(self) -> Video:
        if bool(self.url) == bool(self.file) or (self.url and film_of(self.url) is None):
            raise ValueError("url")
        return self

    def needs(self) -> Iterator[Need]:
        if self.file:
            yield ("file", self.file)
        if self.poster:
            yield ("picture", self.poster)


class Audio(Block):
    """Sound of the library."""

    type: Literal["audio"] = "audio"
    file: FileId
    title: Alternative = ""
    caption: Inline = ""

    def needs(self) -> Iterator[Need]:
        yield ("file", self.file)


class File(Block):
    """A file to take away."""

    type: Literal["file"] = "file"
    file: FileId
    label: Alternative = ""

    def needs(self) -> Iterator[Need]:
        yield ("file", self.file)
