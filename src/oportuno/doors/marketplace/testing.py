"""For every test: the market's vertical is looked up anew."""

from __future__ import annotations

import pytest

from oportuno.doors.marketplace.queries.packs import forget_pack


@pytest.fixture(autouse=True)
def _no_vertical_remembered() -> None:
    forget_pack()
