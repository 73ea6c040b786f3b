"""When the demo's sellers were vetted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from oportuno.doors.commandline.seeding.paper import paper
from oportuno.doors.commandline.seeding.sellers import asked_of
from oportuno.doors.commandline.seeding.vetting import SOON_LEFT, vettings
from oportuno.kernel import packs
from oportuno.kernel.packs.demo import demo_of

AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
PACK = packs.load("flores")
DEMO = demo_of(PACK)


@pytest.mark.parametrize("at", [AT, AT + timedelta(days=100), AT + timedelta(days=230, hours=11)])
def test_nothing_that_is_compulsory_has_run_out_on_the_day_of_the_seeding(at: datetime) -> None:
    left = Counter()
    for seller in DEMO.sellers:
        asked = asked_of(PACK, seller)
        decided = {key: moment for one in vettings(seller, list(asked.values()), at) for moment, keys in one.rounds for key in keys}
        assert decided.keys() == asked.keys()
        days = min((asked[key].expires_days or 9999) - (at - moment).days for key, moment in decided.items())
        assert days >= SOON_LEFT[0], seller.slug
        left["soon" if days <= SOON_LEFT[1] + 30 else "later"] += 1
    assert 1 <= left["soon"] <= 6


def test_its_days_go_on_in_order_and_are_not_all_the_same() -> None:
    days = Counter()
    for seller in DEMO.sellers:
        for one in vettings(seller, list(asked_of(PACK, seller).values()), AT):
            moments = [one.handed_in, *(moment for moment, _keys in one.rounds)]
            assert moments == sorted(moments), seller.slug
            assert moments[-1] < AT
            days.update(moment.date() for moment in moments)
    assert len(days) > 100
    assert max(days.values()) < 8


def test_its_papers_open_as_a_pdf_of_one_page() -> None:
    written = paper("RUT (actualizado)", "Flores de Alba")
    place = int(written.rsplit(b"startxref\n", 1)[1].split()[0])
    assert written.startswith(b"%PDF-1.4")
    assert written[place : place + 4] == b"xref"
    assert rb"RUT \(actualizado\)" in written
