"""Where nothing is written for a typical buyer, somebody writes it: the text knows for whom it is from its first moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from oportuno.doors.marketplace.api import show_pack
from oportuno.doors.marketplace.queries.packs import forget_pack
from oportuno.kernel.clock import now
from oportuno.kernel.testing.packs import known_pack
from oportuno.offer.media.api import personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def flores(db: None) -> Iterator[None]:
    """The vertical of flowers, with its typical buyers."""
    forget_pack()
    show_pack(pack=known_pack(), at=now())
    yield
    forget_pack()


@pytest.mark.parametrize("leads", ["sitio/nueva/post/", "conocimiento/nuevo/article/"])
def test_a_hole_leads_to_a_text_that_knows_for_whom_it_is(alba: Any, flores: None, leads: str) -> None:
    persona = personas("es")[0][0]
    matrix = alba.desk("segmentos/cobertura/")
    hole = f"?persona={persona}&amp;stage=compare"
    assert hole in alba.get(matrix).content.decode()
    assert f'action="{alba.desk(leads)}"' in alba.get(f"{matrix}?persona={persona}&stage=compare").content.decode()
    begun = alba.post(alba.desk(leads), {"persona": persona, "stage": "compare"})
    editor = alba.get(begun.url).content.decode()
    assert f'<option value="{persona}" selected' in editor
    assert '<option value="compare" selected' in editor
    filled = alba.get(matrix).content.decode()
    assert begun.url.partition("?")[0] in filled
    assert hole not in filled


def test_for_nobody_that_there_is_means_for_nobody_in_particular(alba: Any, flores: None) -> None:
    begun = alba.post(alba.desk("sitio/nueva/post/"), {"persona": "nadie", "stage": "nunca"})
    editor = alba.get(begun.url).content.decode()
    assert "Di para quién es" in editor
    assert 'value="nadie"' not in editor
