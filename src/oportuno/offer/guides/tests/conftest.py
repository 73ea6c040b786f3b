"""A market with its vertical: Darío runs it, Alba sells in it, Gala has no business with Alba's guides."""

from __future__ import annotations

import pytest

from oportuno.kernel import packs
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import make_seller
from oportuno.people.organisations.testing import Actor, alba, dario, gala

__all__ = ["alba", "dario", "gala"]


@pytest.fixture
def vertical(dario: Actor) -> packs.Pack:
    pack = packs.load("flores")
    with for_market("the vertical is the market's"):
        directory.install_pack(pack, now())
        catalogue.install_pack(pack, at=now())
    return pack


@pytest.fixture
def seller(alba: Actor, dario: Actor, vertical: packs.Pack) -> Actor:
    """Alba, approved."""
    make_seller(alba, dario)
    return alba
