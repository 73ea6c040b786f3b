"""A pack that comes with the product is drawn whole: each icon it names is in the sprite of every page."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from oportuno.kernel.packs import available, load


@pytest.mark.parametrize("name", available())
def test_it_finds_every_icon_of_a_pack_in_the_sprite(name: str) -> None:
    drawn = set((files("oportuno.kernel.ui") / "icons.txt").read_text("utf-8").split())
    named = {
        icon
        for file in load(name).folder.glob("*.yaml")
        for icon in re.findall(r"\b(?:icon|emblem): *\"?([a-z0-9-]+)", file.read_text("utf-8"))
    }
    assert named - drawn == set()
    assert named
