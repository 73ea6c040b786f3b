"""What a pack decides is seen where somebody works with it: whom sellers help, and all the rest by the operator."""

from __future__ import annotations

import pytest

from oportuno.doors.marketplace.api import show_pack
from oportuno.doors.marketplace.testing import SmallMarket
from oportuno.kernel.clock import now
from oportuno.kernel.testing.packs import known_pack

pytestmark = pytest.mark.django_db


def test_it_tells_a_seller_whom_she_helps(small_market: SmallMarket) -> None:
    shown = small_market.alba.get(small_market.alba.desk("a-quien-ayudas/")).content.decode()
    pack = known_pack()
    for one in pack.personas_of("buyer"):
        assert one.name in shown
        assert one.stages[0].questions[0].es in shown
    assert "6.000" in shown  # what a lead may cost, in her own money
    assert pack.personas_of("seller")[0].who.es not in shown


def test_it_shows_the_operator_all_that_the_pack_decides(small_market: SmallMarket) -> None:
    address = small_market.dario.desk("vertical/")
    shown = small_market.dario.get(address).content.decode()
    pack = known_pack()
    said = [
        *(one.title.es for one in pack.goals.goals), *(one.title.es for one in pack.fees.plans), *(one.name for one in pack.personas.personas),
        *(placed.category.title.es for placed in pack.taxonomy.walk()), *(one.label.es for one in pack.taxonomy.attributes),
        *(one.title.es for one in pack.vetting.requirements), *(one.title.es for one in pack.playbook.steps),
    ]  # fmt: skip
    assert [words for words in said if words not in shown] == []
    assert small_market.alba.get(address.replace("/el-mercado/", f"/{small_market.alba.member.organisation.slug}/")).status_code == 404


def test_it_shows_another_pack_at_once(small_market: SmallMarket) -> None:
    show_pack(pack=known_pack("saas"), at=now())
    shown = small_market.alba.get(small_market.alba.desk("a-quien-ayudas/")).content.decode()
    assert known_pack("saas").personas_of("buyer")[0].name in shown
    assert known_pack().personas_of("buyer")[0].name not in shown
