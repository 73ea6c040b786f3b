"""The vertical of flowers, and files in a folder of their own, for every test here."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from oportuno.kernel.packs import Pack
from oportuno.offer.directory.testing import flores

__all__ = ["flores", "market"]


@pytest.fixture
def market(flores: Pack, settings: LazySettings, tmp_path: Path) -> Pack:
    """A market of flowers that writes its files into a folder of the test's own."""
    settings.PRIVATE_ROOT = settings.MEDIA_ROOT = tmp_path
    return flores
