"""The market of the safety tests."""

from __future__ import annotations

import pytest

from tests.safety.market import Market, build


@pytest.fixture
def market(db: None) -> Market:
    """A small market in which Alba owns one of everything."""
    return build()
