"""The market's vertical, as every public page needs it."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path

from oportuno.doors.marketplace.models import InstalledPack
from oportuno.kernel.packs import Pack, load

KEPT = 0.5  # seconds; with the pages kept for four, another pack shows within five on every process
_current: tuple[float, str, str] = (0.0, "", "")


def current_pack() -> Pack | None:
    """The installed vertical, or None in a market that has none yet. Looked up every few seconds, read once per version."""
    global _current
    looked_at, folder, version = _current
    if time.monotonic() - looked_at > KEPT:
        found = InstalledPack.objects.order_by("-at", "-pk").values_list("folder", "version").first()
        folder, version = found or ("", "")
        _current = (time.monotonic(), folder, version)
    return _read(folder, version) if folder else None


def forget_pack() -> None:
    """Look again at the next request: after an installation, and between tests."""
    global _current
    _current = (0.0, "", "")


@lru_cache(maxsize=4)
def _read(folder: str, version: str) -> Pack:
    return load(Path(folder))
