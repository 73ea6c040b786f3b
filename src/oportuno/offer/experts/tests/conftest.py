"""The cast of these stories: Alba and Gala sell and have experts, Darío runs the market."""

from __future__ import annotations

import pytest

from oportuno.kernel.packs import Pack
from oportuno.offer.directory.testing import flores, make_seller
from oportuno.offer.experts.models import Expert
from oportuno.offer.experts.testing import make_expert
from oportuno.people.organisations.testing import Actor

__all__ = ["flores"]


@pytest.fixture
def julian(alba: Actor, dario: Actor, flores: Pack) -> Expert:
    """Alba's expert, on show."""
    make_seller(alba, dario)
    return make_expert(alba, "Julián Rojas", operator=dario)


@pytest.fixture
def marta(gala: Actor, dario: Actor, flores: Pack) -> Expert:
    """Gala's expert, on show."""
    make_seller(gala, dario)
    return make_expert(gala, "Marta Gil", operator=dario)
