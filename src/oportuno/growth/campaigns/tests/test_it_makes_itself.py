"""Bulletins with nobody typing: of what is new, by their rhythm, and none when nothing is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from oportuno.growth.campaigns.actions import making
from oportuno.growth.campaigns.models import Campaign, Series, Version
from oportuno.growth.campaigns.queries.due import due_series, organisations_with_work
from oportuno.growth.campaigns.queries.rendering import rendered
from oportuno.growth.campaigns.testing import MONDAY, again, reader, sit, walked
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.sites.testing import open_site
from oportuno.offer.sites.testing import write as write_post
from oportuno.people.messaging.testing import all_messages

pytestmark = pytest.mark.django_db
RULE = {
    "name": "Lo nuevo",
    "subject": "Esta semana: {title}",
    "kinds": ["posts"],
    "purpose": "bulletin",
    "weekday": 1,
    "hour": 9,
    "most": 3,
}


def begun(alba, at: datetime = MONDAY, **more) -> Series:
    with for_organisation(alba.organisation.pk):
        return making.begin_series(by=alba.member, at=at, **{**RULE, **more})


def made(alba, series: Series, at: datetime) -> Campaign | None:
    with for_organisation(alba.organisation.pk):
        return making.make_bulletin(series=series.pk, at=at)


def test_what_was_posted_goes_out_by_itself_once_and_nothing_new_is_no_bulletin(felix) -> None:
    sit(felix)
    reader(felix, "carmen@example.com")
    open_site(felix, at=MONDAY)
    series = begun(felix)
    due = series.next_at
    assert (due - MONDAY) < timedelta(days=1, hours=1)
    write_post(felix.member, "Cómo cuidar las rosas", at=MONDAY)
    assert made(felix, series, MONDAY) is None, "it is not its day"
    with for_market("a test"):
        assert felix.organisation.pk in organisations_with_work(due)
    with for_organisation(felix.organisation.pk):
        assert due_series(due) == [series.pk]
    campaign = made(felix, series, due)
    assert campaign
    with for_organisation(felix.organisation.pk):
        version = Version.objects.get(campaign=campaign)
        seen = rendered(campaign, version)
    assert version.subject == "Esta semana: Cómo cuidar las rosas"
    assert "/blog/" in seen.html
    assert walked(felix, campaign, at=due).state == "sending"
    assert [one.to_address for one in all_messages() if one.frame_id] == ["carmen@example.com"]
    assert made(felix, series, due) is None, "once on its day"
    assert made(felix, series, due + timedelta(days=7)) is None
    with for_organisation(felix.organisation.pk):
        kept = Series.objects.get()
        assert (kept.told, Campaign.objects.count()) == ("nothing", 1)
        assert kept.next_at == due + timedelta(days=14)


def test_what_cannot_go_out_waits_as_a_draft_and_says_so(felix) -> None:
    open_site(felix, at=MONDAY)
    series = begun(felix)
    write_post(felix.member, "Rosas", at=MONDAY)
    campaign = made(felix, series, series.next_at)
    assert campaign
    assert again(felix, campaign.pk).state == "draft"
    with for_organisation(felix.organisation.pk):
        assert Series.objects.get().told == "refused"


def test_titles_of_others_hold_no_field_of_ours(felix) -> None:
    """Threat T10."""
    sit(felix)
    reader(felix, "carmen@example.com")
    open_site(felix, at=MONDAY)
    series = begun(felix)
    write_post(felix.member, "{{ email }} y {{ name }}", at=MONDAY)
    campaign = made(felix, series, series.next_at)
    assert campaign
    with for_organisation(felix.organisation.pk):
        version = Version.objects.get(campaign=campaign)
        seen = rendered(campaign, version)
    assert "{{ email }}" not in seen.subject + seen.text + seen.html


def test_a_rule_that_is_none_is_refused_and_changes_nothing(alba) -> None:
    for wrong in (
        {"kinds": []},
        {"kinds": ["secrets"]},
        {"sectors": ["no-hay-tal"]},
        {"rhythm": "hourly"},
        {"most": 99},
        {"purpose": "answer"},
    ):
        with pytest.raises(Refusal):
            begun(alba, **wrong)
    with for_organisation(alba.organisation.pk):
        assert Series.objects.count() == 0


def test_the_pages_let_a_member_make_one_and_nobody_else(alba, beto, gala) -> None:
    data = {**RULE, "language": "es-co", "rhythm": "week", "active": "on"}
    assert beto.post(alba.desk("boletines/nuevo/"), data).status_code == 403
    answer = alba.post(alba.desk("boletines/nuevo/"), data)
    assert answer.status_code == 302
    page = answer.headers["Location"]
    assert alba.get(page).status_code == 200
    assert gala.get(gala.desk(page.split("/desk/")[1].split("/", 1)[1])).status_code == 404
    assert alba.post(f"{page}ahora/").status_code == 302
    assert "Lo nuevo" in alba.get(alba.desk("boletines/")).content.decode()
