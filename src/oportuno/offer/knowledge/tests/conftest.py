"""Alba sells and may be seen; Darío runs the market."""

from __future__ import annotations

import pytest

from oportuno.kernel.packs import Pack
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import flores, make_seller
from oportuno.people.organisations.testing import Actor

__all__ = ["flores"]


@pytest.fixture
def seller(flores: Pack, alba: Actor, dario: Actor) -> directory.Seller:
    return make_seller(alba, dario)
