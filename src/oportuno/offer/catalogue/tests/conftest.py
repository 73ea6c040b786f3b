"""Shelves, approved sellers, and files in a folder of their own, for every test here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import translation

from oportuno.kernel.packs import Pack
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.testing import shelves
from oportuno.offer.directory.testing import flores, make_seller
from oportuno.people.organisations.testing import Actor

__all__ = ["flores", "shelves"]
CASES = Path(__file__).resolve().parents[6] / "shared" / "cases"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """What a seller is told is compared with the words of the code."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def files_of_its_own(settings: LazySettings, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def cases() -> Path:
    """Real files that nobody here wrote."""
    if not CASES.is_dir():
        pytest.skip(f"the folder of real files is not beside the checkout: {CASES}")
    return CASES


@pytest.fixture
def approved(alba: Actor, dario: Actor, flores: Pack, shelves: api.Shelves) -> Actor:
    """Alba, whom the market has approved."""
    make_seller(alba, dario)
    return alba
