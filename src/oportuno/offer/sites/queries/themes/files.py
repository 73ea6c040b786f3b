"""Files that themes brought: fonts as they came, pictures as we encoded them, under the digest of their content."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

KINDS = {"woff2": "font/woff2", "webp": "image/webp"}


def file_path(digest: str, kind: str) -> Path:
    """Where one lies. Two letters of the digest make folders of bearable size."""
    return Path(settings.MEDIA_ROOT) / "themes" / digest[:2] / f"{digest}.{kind}"
