"""Bulletins with nobody typing: of what is new, by their rhythm, and none when nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from oportuno.growth.campaigns.actions import controlling, making
from oportuno.growth.campaigns.actions.tending import tend
from oportuno.growth.campaigns.models import Campaign, Series, Version
from oportuno.growth.campaigns.queries import news
from oportuno.growth.campaigns.queries.due import due_series, organisations_with_work
from oportuno.growth.campaigns.queries.news import Piece
from oportuno.growth.campaigns.queries.rendering import rendered
from oportuno.growth.campaigns.rules.rhythm import DAY, next_due
from oportuno.growth.campaigns.testing import MONDAY, again, lease, reader, scheduled, sit, walked
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.sites.testing import open_site
from oportuno.offer.sites.testing import write as write_post
from oportuno.people.messaging.api import MailFrame, Message, law_of, next_allowed
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


def test_every_day_but_those_on_which_the_law_rests() -> None:
    law = law_of("CO")
    moment, days = MONDAY, []
    for _ in range(14):
        moment = next_due(
            moment, rhythm=DAY, day=0, hour=9, zone="America/Bogota", lets_out=lambda one: next_allowed(one, law, "email") == one
        )
        days.append(moment.date())
    assert all(day.weekday() != 6 for day in days), "never on a Sunday"
    assert date(2026, 12, 8) not in days, "nor on a holiday"
    assert len(set(days)) == 14
    assert next_due(MONDAY, rhythm=DAY, day=0, hour=3, zone="America/Bogota", lets_out=lambda one: False) - MONDAY < timedelta(days=16)


def test_each_reader_gets_what_is_of_the_topics_she_chose(dario) -> None:
    """The market asks its readers for topics; who chose none gets everything, and for whom nothing is new, nothing goes out."""
    pieces = [piece("Rosas", ("floristerias",)), piece("Helechos", ("viveros",)), piece("Feria", ())]
    sit(dario)
    people = {"rosas": ("floristerias",), "todo": (), "viveros": ("viveros",)}
    for name, chosen in people.items():
        reader(dario, f"{name}@example.com", topics=chosen)
    series = begun(dario)
    with bringing(pieces):
        campaign = made(dario, series, series.next_at)
    assert campaign
    walked(dario, campaign, at=series.next_at)
    texts = texts_of(dario)
    assert ("Rosas" in texts["rosas"], "Helechos" in texts["rosas"], "Feria" in texts["rosas"]) == (True, False, True)
    assert ("Rosas" in texts["todo"], "Helechos" in texts["todo"]) == (True, True)
    assert ("Rosas" in texts["viveros"], "Helechos" in texts["viveros"]) == (False, True)


def test_for_whom_nothing_is_new_nothing_goes_out_and_the_report_says_so(dario) -> None:
    sit(dario)
    reader(dario, "rosas@example.com", topics=("floristerias",))
    reader(dario, "viveros@example.com", topics=("viveros",))
    series = begun(dario, intro="Lo de hoy")
    with bringing([piece("Rosas", ("floristerias",))]):
        campaign = made(dario, series, series.next_at)
    assert campaign
    done = walked(dario, campaign, at=series.next_at)
    assert (done.gathered, done.unfit) == (1, 1)
    assert list(texts_of(dario)) == ["rosas"]
    assert "no había nada en él" in dario.get(dario.desk(f"campanas/{done.pk}/")).content.decode()


def test_a_piece_is_left_out_of_the_next_one_and_taken_in_again(dario) -> None:
    sit(dario)
    reader(dario, "carmen@example.com")
    series, pieces = begun(dario), [piece("Rosas"), piece("Helechos")]
    page = dario.desk(f"boletines/{series.pk}/")
    with bringing(pieces):
        assert "Helechos" in dario.get(f"{page}vista/").content.decode()
        dario.post(f"{page}omision/", {"piece": pieces[1].href})
        assert "Helechos" not in dario.get(f"{page}vista/").content.decode()
        dario.post(f"{page}omision/", {"piece": pieces[1].href, "back": "1"})
        assert "Helechos" in dario.get(f"{page}vista/").content.decode()
        dario.post(f"{page}omision/", {"piece": pieces[1].href})
        dario.post(f"{page}omision/", {"piece": "javascript:alert(1)"})
        with for_organisation(dario.organisation.pk):
            assert Series.objects.get().skipped == [pieces[1].href], "only what is in it"
        campaign = made(dario, series, series.next_at)
    assert campaign
    walked(dario, campaign, at=series.next_at)
    assert "Helechos" not in texts_of(dario)["carmen"]
    with for_organisation(dario.organisation.pk):
        assert Series.objects.get().skipped == [], "only the next one"


def test_paused_it_makes_nothing_and_goes_on_from_its_next_day(felix) -> None:
    series = begun(felix)
    page = felix.desk(f"boletines/{series.pk}/")
    felix.at(MONDAY).post(f"{page}pausa/")
    with bringing([piece("Rosas")]):
        assert made(felix, series, series.next_at) is None
        later = series.next_at + timedelta(days=20)
        felix.at(later).post(f"{page}continuacion/")
        with for_organisation(felix.organisation.pk):
            found = Series.objects.get()
            assert found.active
            assert later < found.next_at <= later + timedelta(days=7), "what it missed is not made up for"


def test_who_sells_in_every_sector_stops_no_bulletin(dario) -> None:
    """A seller says himself in how many sectors he sells: whatever that is, the market's bulletin goes out, to who asked for any of them."""
    sectors = tuple(f"sector-{n:02}" for n in range(12))
    sit(dario)
    for name, chosen in {"suyo": ("sector-11",), "otro": ("viveros",), "todo": ()}.items():
        reader(dario, f"{name}@example.com", topics=chosen)
    series = begun(dario)
    with bringing([piece("Rosas", sectors), piece("Helechos", ("viveros",)), piece("Todo", tuple(f"x-{n}" for n in range(200)))]):
        campaign = made(dario, series, series.next_at)
    assert campaign
    walked(dario, campaign, at=series.next_at)
    texts = texts_of(dario)
    assert ["Rosas" in texts[name] for name in ("suyo", "otro", "todo")] == [True, False, True]
    assert all("Todo" in text for text in texts.values()), "of more sectors than a card can name it is for everybody"


def test_the_longest_name_and_opening_words_make_a_bulletin(dario) -> None:
    sit(dario)
    reader(dario, "carmen@example.com")
    series = begun(dario, name="ñ" * 120, subject="s" * 200, intro="&<>" * 600, sender="x" * 80)
    with bringing([piece("T" * 900)]):
        campaign = made(dario, series, series.next_at)
    assert campaign
    assert again(dario, campaign.pk).state == "scheduled"


def test_what_one_bulletin_stumbles_over_stops_no_other(dario, monkeypatch) -> None:
    """One whose news cannot be told says so, and is tried again; the others of the same organisation are made and go out."""
    sit(dario)
    reader(dario, "carmen@example.com")
    broken, sound = begun(dario, name="Roto"), begun(dario, name="Sano", kinds=["articles"])
    good = Piece("articles", "Helechos", "https://example.com/helechos", "Sigue", MONDAY)

    def brings(asked: Any) -> list[Piece]:
        if asked.kinds == ["posts"]:
            raise ValueError("what somebody wrote cannot be read")
        return [good]

    monkeypatch.setattr(news, "_news", [brings])
    at = broken.next_at
    tend(lease(dario), at)
    with for_organisation(dario.organisation.pk):
        assert [one.name.partition(" ·")[0] for one in Campaign.objects.all()] == ["Sano"]
        broken.refresh_from_db()
        sound.refresh_from_db()
        assert (sound.told, broken.told, broken.next_at) == ("made", "failed", at + timedelta(hours=1))
        assert due_series(at) == []
    assert "No se pudo armar" in dario.get(dario.desk("boletines/")).content.decode()
    monkeypatch.setattr(news, "_news", [lambda asked: [good]])
    tend(lease(dario), broken.next_at)
    with for_organisation(dario.organisation.pk):
        broken.refresh_from_db()
        assert (broken.told, Campaign.objects.count()) == ("made", 2), "nothing of it was lost"


def test_what_one_campaign_stumbles_over_stops_no_other(alba, monkeypatch) -> None:
    """One whose figures cannot be told is told in the log; another that is done is sent all the same."""
    reader(alba, "carmen@example.com")
    broken, sound = (walked(alba, again(alba, scheduled(alba, blocks=["Hola"], at=MONDAY))) for _ in range(2))
    with for_organisation(alba.organisation.pk):
        Message.objects.exclude(frame=None).update(state="sent")
    figures = controlling.figures_of

    def told(campaign: Campaign) -> Any:
        if campaign.pk == broken.pk:
            raise ValueError("no figures")
        return figures(campaign)

    monkeypatch.setattr(controlling, "figures_of", told)
    with pytest.raises(ExceptionGroup):
        tend(lease(alba), MONDAY)
    assert (again(alba, sound.pk).state, again(alba, broken.pk).state) == ("sent", "sending")


def test_a_hundred_products_leave_room_for_what_others_wrote() -> None:
    goods = [replace(piece(f"Producto {n}"), kind="products", at=MONDAY + timedelta(minutes=n)) for n in range(100, 0, -1)]
    posts = [piece("Rosas"), piece("Helechos")]
    chosen = news.in_turn([*goods, *posts], 5)
    assert [one.title for one in chosen] == ["Producto 100", "Producto 99", "Producto 98", "Rosas", "Helechos"]
    assert news.in_turn(goods, 3) == goods[:3]
    assert news.in_turn([], 3) == []


def piece(title: str, sectors: tuple[str, ...] = ()) -> Piece:
    return Piece("posts", title, f"https://example.com/{title.lower()}", "Sigue", MONDAY, sectors=sectors)


@contextmanager
def bringing(pieces: list[Piece]) -> Iterator[None]:
    """This and nothing else is new."""
    before = news._news[:]
    news._news[:] = [lambda asked: pieces]
    yield
    news._news[:] = before


def texts_of(actor: Any) -> dict[str, str]:
    """Who got which words, by the name before the @."""
    with for_organisation(actor.organisation.pk):
        return {one.to_address.partition("@")[0]: MailFrame.objects.get(pk=one.frame_id).text for one in all_messages() if one.frame_id}
