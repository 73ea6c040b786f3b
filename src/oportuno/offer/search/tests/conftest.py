"""The index of these stories."""

from __future__ import annotations

import pytest

from oportuno.offer.search.api import learn, put
from oportuno.offer.search.tests.cast import market


@pytest.fixture
def shelf(db: None) -> None:
    """A small market, its words learned."""
    put(market())
    learn(anew=True)
