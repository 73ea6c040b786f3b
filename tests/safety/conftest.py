"""The market of the safety tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.safety.market import Market, build


@pytest.fixture(autouse=True)
def _files_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"


@pytest.fixture
def market(db: None) -> Market:
    """A small market in which Alba owns one of everything."""
    return build()
