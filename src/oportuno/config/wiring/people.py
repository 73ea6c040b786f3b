"""People: accounts, contacts, mail."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.desk import DeskPage, add_tasks, list_page
from oportuno.kernel.errors import NotFound
from oportuno.kernel.slots import fill


def organisations() -> None:
    """Team, organisation, keys."""
    list_page(DeskPage("house", "organisations:team", _("Team"), "users", "see", order=10))
    list_page(DeskPage("house", "organisations:organisation", _("Organisation"), "building", "manage organisation", order=20))
    list_page(DeskPage("house", "organisations:keys", _("Keys for programs"), "key", "manage keys", order=30))


def audience() -> None:
    """Contacts captured, questions; who posts its mail, whom the public may write to, and what the bulletin is about."""
    from oportuno.kernel.ui.context import BELOW
    from oportuno.offer.directory import api as sellers
    from oportuno.people.audience import api as people
    from oportuno.people.audience.queries.tasks import promises_broken, questions_to_answer
    from oportuno.people.audience.views.mine import in_my_account
    from oportuno.people.audience.views.visits import visit_notice
    from oportuno.people.messaging.api import send
    from oportuno.people.organisations.api import MY_ACCOUNT, Member, Organisation, erases

    def post(**mail: Any) -> bool:
        return send(**mail) is not None

    def is_open(organisation: Organisation) -> bool:
        with suppress(NotFound):
            return bool(sellers.published_seller(organisation.slug).organisation_id == organisation.pk)
        return False

    def topics(language: str) -> list[people.Topic]:
        with translation.override(language):
            return [people.Topic(one.slug, sellers.said(one.title)) for one in sellers.sectors()]

    def promised_hours(organisation: Organisation) -> int | None:
        found = sellers.seller_of(organisation.pk)
        return found.answer_hours if found else None

    def promise_hours(member: Member, hours: int, at: datetime) -> None:
        if sellers.seller_of(member.organisation.pk):
            sellers.change_profile(by=member, at=at, answer_hours=str(hours))

    people.connect(post=post, is_open=is_open, topics=topics, promised_hours=promised_hours, promise_hours=promise_hours)
    people.describe()
    erases("audience", lambda person, addresses, at: people.erase_person(person=person.pk, addresses=addresses, at=at))
    fill(MY_ACCOUNT, in_my_account, order=50)
    add_tasks(questions_to_answer)
    add_tasks(promises_broken)
    fill(BELOW, visit_notice)
    list_page(DeskPage("people", "audience:contacts", _("Contacts"), "users-group", "see contacts", order=10))
    list_page(DeskPage("market", "audience:promises", _("Broken promises"), "clock", "see market", operator_only=True, order=30))
    list_page(DeskPage("people", "audience:questions", _("Questions"), "message-question", "answer", order=20, count=people.count_open))


def messaging() -> None:
    """Mail sent, and the catcher's inbox in development mode."""
    from django.conf import settings

    from oportuno.doors.integrations.api import tasks as mailboxes_to_mend
    from oportuno.doors.integrations.providers.mail import open_provider
    from oportuno.doors.integrations.providers.sms import open_gateway
    from oportuno.offer.directory import api as sellers
    from oportuno.offer.sites.api import own_origin
    from oportuno.people.audience.api import Mover, connect, keeps, merges
    from oportuno.people.audience.api import erases as forgets
    from oportuno.people.messaging.actions.forgetting import erase_mail_of, erase_mail_under
    from oportuno.people.messaging.api import (
        connect_gateway,
        connect_provider,
        describe,
        erase_mail,
        kept_reading,
        origins,
        postal_addresses,
    )
    from oportuno.people.organisations.api import Organisation, erases

    def postal(organisation: Organisation) -> str:
        found = sellers.seller_of(organisation.pk)
        point = next((one for one in sellers.points_of(found) if one.address), None) if found else None
        if point is None:
            return ""
        return point.address if point.place is None or point.place.name_es in point.address else f"{point.address}, {point.place.name_es}"

    describe()
    connect_gateway(open_gateway)
    connect_provider(open_provider)
    postal_addresses(postal)
    origins(own_origin)
    keeps("messaging", kept_reading)
    asks_less = "8 * t.uncounted::int + CASE t.pace WHEN 'monthly' THEN 2 WHEN 'weekly' THEN 1 ELSE 0 END"
    merges(Mover("message", count="messages"), Mover("reader_wish", once=("organisation_id",), better=asks_less))
    forgets("messaging", erase_mail_of)
    connect(forget_mail=erase_mail_under)
    erases("messaging", lambda person, addresses, at: erase_mail(addresses))
    add_tasks(mailboxes_to_mend)
    list_page(DeskPage("people", "messaging:messages", _("Messages sent"), "mail", "see contacts", order=80))
    list_page(DeskPage("people", "integrations:mailbox", pgettext_lazy("mail", "Mailbox"), "mail-opened", "manage organisation", order=82))
    if not settings.PRODUCTION:
        caught = "integrations:caught-mails"
        list_page(DeskPage("market", caught, _("Caught mail"), "mail-opened", "see market", operator_only=True, order=90))
        texts = "integrations:caught-texts"
        list_page(DeskPage("market", texts, _("Caught texts"), "message", "see market", operator_only=True, order=91))
