"""What readers did after they followed a link: counted once, for the bulletin they followed last, by himself and in time; amounts by currency."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from oportuno.growth.campaigns.actions.scheduling import schedule
from oportuno.growth.campaigns.models import CampaignFrame
from oportuno.growth.campaigns.queries.figures import report_of
from oportuno.growth.campaigns.queries.results import Result, _known, counts
from oportuno.growth.campaigns.queries.sheets import as_csv
from oportuno.growth.campaigns.testing import MONDAY, again, reader, walked, written
from oportuno.kernel.facts import Fact, record
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.money import Money
from oportuno.people.audience.facts import QuestionAsked, StageChanged
from oportuno.people.messaging.testing import clicked

pytestmark = pytest.mark.django_db
CLICK = MONDAY + timedelta(hours=2)


class BasketPaid(Fact):
    """What an app that sells will tell one day."""

    basket: UUID
    total_minor: int
    currency: str
    subject = "basket"


@pytest.fixture
def shop() -> Any:
    """Somebody sells here."""
    counts(Result("bought", BasketPaid.kind, "bought", amount=("total_minor", "currency")))
    yield
    del _known["bought"]


def sent(alba: Any, *, at: Any = MONDAY, **more: Any) -> Any:
    found = written(alba, "Hola {{ name }}", {"type": "button", "label": "Ver", "href": "https://example.com/rosas"}, at=at)
    with for_organisation(alba.organisation.pk):
        schedule(campaign=found.pk, by=alba.member, at=at, **more)
    return walked(alba, found, at=at)


def told(alba: Any, *facts: Fact) -> None:
    with for_organisation(alba.organisation.pk):
        for one in facts:
            record(one)


def followed(alba: Any, campaign: Any, contact: Any, at: Any = CLICK, *, machine: bool = False) -> None:
    with for_organisation(alba.organisation.pk):
        frames = list(CampaignFrame.objects.filter(campaign=campaign).values_list("frame_id", flat=True))
        clicked(contact.pk, frames, at, machine=machine)


def results(alba: Any, campaign: Any) -> dict[str, tuple[int, int]]:
    with for_organisation(alba.organisation.pk):
        report = report_of(again(alba, campaign.pk))
    return {one.key: (one.people, one.times) for one in report.results.lines if one.times}


def asked(contact: Any, at: Any) -> QuestionAsked:
    return QuestionAsked(question=new_id(), contact=contact.pk, at=at)


def test_a_question_after_a_link_is_its_result_each_person_once(alba) -> None:
    carmen, rosa, luz = (reader(alba, f"{name}@example.com") for name in ("carmen", "rosa", "luz"))
    found = sent(alba)
    followed(alba, found, carmen)
    followed(alba, found, rosa)
    told(alba, *(asked(one, CLICK + timedelta(hours=hour)) for one in (carmen, luz) for hour in (1, 2)))
    told(alba, StageChanged(contact=rosa.pk, before="lead", after="customer", reason="", at=CLICK + timedelta(days=2)))
    told(alba, StageChanged(contact=carmen.pk, before="lead", after="prospect", reason="", at=CLICK + timedelta(days=2)))
    assert results(alba, found) == {"asked": (1, 2), "customer": (1, 1)}, "who followed nothing is nobody's result"
    with for_organisation(alba.organisation.pk):
        assert report_of(again(alba, found.pk)).results.people == 2
        assert "Hizo algo después" in as_csv(report_of(again(alba, found.pk)))


def test_before_the_link_too_late_or_after_a_machine_nothing_counts(alba) -> None:
    carmen, rosa = reader(alba, "carmen@example.com"), reader(alba, "rosa@example.com")
    found = sent(alba, counted_days=3)
    followed(alba, found, carmen)
    followed(alba, found, rosa, machine=True)
    told(
        alba,
        asked(carmen, CLICK - timedelta(hours=1)),
        asked(carmen, CLICK + timedelta(days=3, minutes=1)),
        asked(rosa, CLICK + timedelta(hours=1)),
    )
    assert results(alba, found) == {}
    told(alba, asked(carmen, CLICK + timedelta(days=3)))
    assert results(alba, found) == {"asked": (1, 1)}


def test_of_two_bulletins_the_one_followed_last_has_it(alba) -> None:
    carmen = reader(alba, "carmen@example.com")
    first, second = sent(alba), sent(alba, at=MONDAY + timedelta(days=1))
    followed(alba, first, carmen)
    followed(alba, second, carmen, CLICK + timedelta(days=1))
    told(alba, asked(carmen, CLICK + timedelta(hours=1)), asked(carmen, CLICK + timedelta(days=2)))
    assert results(alba, first) == {"asked": (1, 1)}
    assert results(alba, second) == {"asked": (1, 1)}


def test_what_was_bought_is_summed_by_currency(alba, shop) -> None:
    carmen, rosa = reader(alba, "carmen@example.com"), reader(alba, "rosa@example.com")
    found = sent(alba)
    for one in (carmen, rosa):
        followed(alba, found, one)
    paid = [(carmen, 4_500_000, "COP"), (rosa, 1_500_000, "COP"), (rosa, 2_000, "USD")]
    told(
        alba,
        *(
            BasketPaid(basket=new_id(), total_minor=minor, currency=code, contact=who.pk, at=CLICK + timedelta(hours=1))
            for who, minor, code in paid
        ),
    )
    with for_organisation(alba.organisation.pk):
        line = next(one for one in report_of(again(alba, found.pk)).results.lines if one.key == "bought")
    assert (line.people, line.times, line.money) == (2, 3, [Money(6_000_000, "COP"), Money(2_000, "USD")])
    page = alba.get(alba.desk(f"campanas/{found.pk}/")).content.decode()
    assert "60.000" in page
    assert "cuando el mercado reciba pedidos" not in page


def test_without_a_shop_the_page_says_that_nothing_can_be_bought(alba) -> None:
    reader(alba, "carmen@example.com")
    found = sent(alba)
    page = alba.get(alba.desk(f"campanas/{found.pk}/")).content.decode()
    assert "cuando el mercado reciba pedidos" in page


def test_nobody_elses_facts_count(alba, gala) -> None:
    carmen = reader(alba, "carmen@example.com")
    found = sent(alba)
    followed(alba, found, carmen)
    told(gala, asked(carmen, CLICK + timedelta(hours=1)))
    assert results(alba, found) == {}


def test_the_history_of_a_contact_names_what_she_got_opened_and_followed(alba) -> None:
    from oportuno.people.messaging.facts import MailClicked, MailOpened, MessageSent
    from oportuno.people.messaging.testing import all_messages

    carmen = reader(alba, "carmen@example.com")
    sent(alba)
    mail = next(one for one in all_messages() if one.frame_id)
    about = {"message": mail.pk, "contact": carmen.pk, "at": CLICK}
    told(
        alba,
        MessageSent(purpose="marketing", **about),
        MailOpened(frame=mail.frame_id, machine=False, **about),
        MailClicked(frame=mail.frame_id, machine=False, link=1, **about),
        MessageSent(message=new_id(), purpose="transactional", contact=carmen.pk, at=CLICK),
    )
    page = alba.get(alba.desk(f"contactos/{carmen.pk}/")).content.decode()
    for words in ("Recibió «Noviembre»", "Abrió «Noviembre»", "Siguió un enlace de «Noviembre»", "Recibió un mensaje nuestro"):
        assert words in page, words
