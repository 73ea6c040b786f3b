"""Things of the library in the editor of documents: picked, or brought."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from oportuno.kernel.content import Picker
from oportuno.offer.media.rules import files as rules

ACCEPTED = {
    "image": "image/jpeg,image/png,image/webp,image/avif,image/gif,image/tiff",
    "video": "video/mp4,video/webm,video/quicktime",
    "audio": "audio/*",
    "file": ",".join(f".{ending}" for ending, kind in rules.ENDINGS.items() if not kind.startswith(("video/", "audio/"))),
}
"""What a browser offers to choose."""


@dataclass(frozen=True)
class Sort:
    """How the editor calls a kind of the library, and its icon."""

    kind: str
    icon: str


SORTS = {
    "picture": Sort("image", "photo"),
    "video": Sort("video", "video"),
    "audio": Sort("audio", "headphones"),
    "file": Sort("file", "file"),
}


def pickers(organisation_slug: str) -> dict[str, Picker]:
    """What `kernel.content.Editing(pickers=…)` takes, for the workbench of one organisation."""
    upload = reverse("library:uploads", args=[organisation_slug])
    return {
        name: Picker(reverse("library:choices", args=[organisation_slug, name]), upload, ACCEPTED[sort.kind], sort.icon)
        for name, sort in SORTS.items()
    }
