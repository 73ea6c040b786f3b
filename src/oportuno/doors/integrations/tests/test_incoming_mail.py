"""Mail that comes back: understood, believed only with our own proof, and acted on at once."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from oportuno.doors.integrations.inbox.fetching import fetch_mail
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.messaging.api import Message, State, send, suppress, take_mail
from oportuno.people.messaging.testing import Catcher, Incoming, Suppression, all_messages, bounce_of, complaint_about, work

pytestmark = pytest.mark.django_db
ANA = "ana@cliente.example"


def posted(alba: Any, catcher: Catcher, key: str = "k", to: str = ANA) -> str:
    """A mail goes out; where its bounces go."""
    send(
        template="audience/mail/confirm_bulletin.txt", to=to, organisation=alba.organisation.pk, language="es-co", key=key, at=now(),
        context={"organisation": "Flores de Alba", "link": "http://localhost:8000/x"},
    )  # fmt: skip
    work()
    return str(catcher.mails(to)[-1]["X-Caught-From"])


def suppressed(alba: Any) -> list[tuple[str, str, str]]:
    with for_organisation(alba.organisation.pk):
        return list(Suppression.objects.order_by("at").values_list("key", "scope", "reason"))


def came_in() -> list[Incoming]:
    with for_market("a test"):
        return list(Incoming.objects.order_by("at", "pk"))


def test_a_hard_bounce_suppresses_its_address_and_says_why(alba, catcher) -> None:
    path = posted(alba, catcher)
    take_mail(bounce_of(ANA, to=path), at=now())
    assert suppressed(alba) == [(ANA, "all", "bounce")]
    posted_again = send(
        template="audience/mail/confirm_bulletin.txt", to=ANA, organisation=alba.organisation.pk, language="es-co", key="later", at=now(),
        context={"organisation": "x", "link": "http://localhost:8000/x"},
    )  # fmt: skip
    work()
    assert [one.state for one in all_messages() if posted_again and one.pk == posted_again.pk] == [State.SUPPRESSED]
    page = alba.get(alba.desk("mensajes/suprimidos/")).content.decode()
    assert ANA in page
    assert "User unknown" in page
    assert ANA in alba.get(alba.desk("mensajes/recibidos/"), {"kind": "bounce"}).content.decode()


def test_the_return_path_names_the_mail_and_cannot_be_made_up(alba, dario, catcher) -> None:
    path = posted(alba, catcher)
    assert path.startswith("mercado+b-")
    token = path.partition("+b-")[2].partition("@")[0]
    other = "a" if token[20] != "a" else "b"
    for forged in (
        "mercado@localhost",
        "mercado+b-" + "a" * 42 + "@localhost",
        path.replace("+b-" + token[:1], "+b-" + ("b" if token[0] != "b" else "c")),
        path.replace(token, token[:20] + other + token[21:]),
    ):
        take_mail(bounce_of(ANA, to=forged, about=forged), at=now())
    assert suppressed(alba) == []
    assert {one.effect for one in came_in()} == {"unproved"}
    take_mail(bounce_of(ANA, to=path.upper()), at=now())
    assert suppressed(alba) == [(ANA, "all", "bounce")]


def test_a_bounce_of_one_address_suppresses_no_other(alba, catcher) -> None:
    """Whoever holds one mail of ours makes up a report about somebody else: only his own address is meant."""
    take_mail(bounce_of("victima@cliente.example", to=posted(alba, catcher)), at=now())
    assert [key for key, _, _ in suppressed(alba)] == [ANA]


def test_a_soft_bounce_counts_and_three_days_of_them_are_too_many(alba, catcher) -> None:
    at = now()
    for day in range(3):
        assert suppressed(alba) == []
        path = posted(alba, catcher, key=str(day))
        for twice in range(2):
            take_mail(bounce_of(ANA, to=path, status="4.2.2", told=f"452 mailbox full {twice}"), at=at + timedelta(days=day))
    assert suppressed(alba) == [(ANA, "all", "soft bounces")]


def test_news_that_it_is_only_late_count_nothing(alba, catcher) -> None:
    at = now()
    for day in range(5):
        take_mail(
            bounce_of(ANA, to=posted(alba, catcher, key=str(day)), status="4.4.1", action="delayed", told=f"timeout {day}"),
            at=at + timedelta(days=day),
        )
    assert suppressed(alba) == []


def test_a_complaint_suppresses_who_complained(alba, catcher) -> None:
    posted(alba, catcher)
    take_mail(complaint_about(catcher.mails()[-1]["Message-ID"]), at=now())
    assert suppressed(alba) == [(ANA, "all", "complaint")]
    take_mail(complaint_about("<0197aaaa-0000-7000-8000-000000000000@localhost>"), at=now())
    assert len(suppressed(alba)) == 1


def test_the_same_mail_twice_is_once(alba, catcher) -> None:
    raw = bounce_of(ANA, to=posted(alba, catcher))
    assert take_mail(raw, at=now()) is not None
    assert take_mail(raw, at=now()) is None
    assert len(came_in()) == 1


def test_the_relays_own_no_is_a_bounce(alba, catcher) -> None:
    send(
        template="audience/mail/confirm_bulletin.txt", to="ana@nobody.test", organisation=alba.organisation.pk, language="es-co", key="k",
        at=now(), context={"organisation": "x", "link": "http://localhost:8000/x"},
    )  # fmt: skip
    work()
    assert suppressed(alba) == [("ana@nobody.test", "all", "bounce")]


def test_an_answer_is_read_by_the_organisation_that_wrote(alba, dario, catcher) -> None:
    path = posted(alba, catcher)
    take_mail(f"From: Ana <{ANA}>\nTo: {path}\nSubject: Re: Confirma\n\nSi, gracias\n\n> Hola\n".encode(), at=now())
    page = alba.get(alba.desk("mensajes/recibidos/")).content.decode()
    assert "Si, gracias" in page
    assert "Si, gracias" not in dario.get(dario.desk("mensajes/recibidos/")).content.decode()
    take_mail(b"From: x@y.example\nTo: mercado@localhost\nSubject: Hola\n\n<script>alert(1)</script>\n", at=now())
    assert "&lt;script&gt;" in dario.get(dario.desk("mensajes/recibidos/")).content.decode()
    assert suppressed(alba) == []


def test_two_robots_talk_to_nobody_through_us(alba, catcher) -> None:
    path = posted(alba, catcher)
    for turn in range(5):
        take_mail(f"From: {ANA}\nTo: {path}\nAuto-Submitted: auto-replied\nSubject: Auto: {turn}\n\nNo estoy {turn}\n".encode(), at=now())
    work()
    assert len(catcher.mails()) == 1


def test_a_member_lets_it_be_written_to_again(alba, gala, catcher) -> None:
    suppress(organisation=alba.organisation.pk, address=ANA, reason="bounce", at=now())
    with for_organisation(alba.organisation.pk):
        (one,) = Suppression.objects.all()
    here = alba.desk(f"mensajes/suprimidos/{one.pk}/liberacion/")
    assert gala.post(here).status_code == 404
    assert gala.post(gala.desk(f"mensajes/suprimidos/{one.pk}/liberacion/")).status_code == 404
    assert len(suppressed(alba)) == 1
    assert alba.post(here).status_code == 302
    assert suppressed(alba) == []
    assert "Permitió volver a escribir" in alba.get(alba.desk("auditoria/")).content.decode()
    posted(alba, catcher)
    assert len(catcher.mails(ANA)) == 1


def test_a_maildir_is_emptied_within_the_minute_and_what_breaks_stays(alba, catcher, tmp_path: Path) -> None:
    box = tmp_path / "box"
    (box / "new").mkdir(parents=True)
    (box / "new" / "1.a").write_bytes(bounce_of(ANA, to=posted(alba, catcher)))
    (box / "new" / "2.b").write_bytes(b"\xff\xfe nothing at all")
    assert fetch_mail(Lease(0, 0, None, "mail.fetch"), url=f"maildir://{box}", at=now()) == 2
    assert suppressed(alba) == [(ANA, "all", "bounce")]
    assert list((box / "new").iterdir()) == []
    assert fetch_mail(Lease(0, 0, None, "mail.fetch"), url="imaps://u:p@127.0.0.1:1/INBOX", at=now()) == 0


def test_a_mail_server_hands_over_what_it_signed(alba, catcher, settings) -> None:
    settings.INTAKE_SECRET = "a secret of the two"
    path = posted(alba, catcher)
    raw = bounce_of(ANA, to="somewhere@else.example")

    def hand_over(stamp: int, recipient: str = path, secret: str = settings.INTAKE_SECRET) -> int:
        signature = hmac.new(secret.encode(), f"{stamp}.{recipient}.".encode() + raw, hashlib.sha256).hexdigest()
        headers = {"X-Timestamp": str(stamp), "X-Recipient": path, "X-Signature": f"sha256={signature}"}
        return Client().post("/hooks/correo/", raw, content_type="message/rfc822", headers=headers).status_code

    stamp = int(now().timestamp())
    assert hand_over(stamp - 400) == 404
    assert hand_over(stamp, secret="another") == 404
    assert hand_over(stamp, recipient="other@x.example") == 404
    assert Client().post("/hooks/correo/", raw, content_type="message/rfc822").status_code == 404
    assert suppressed(alba) == []
    assert hand_over(stamp) == 202
    assert suppressed(alba) == [(ANA, "all", "bounce")]
    settings.INTAKE_SECRET = ""
    assert hand_over(stamp, secret="") == 404


def test_a_receipt_says_it_was_delivered(alba, catcher) -> None:
    take_mail(bounce_of(ANA, to=posted(alba, catcher), status="2.0.0", action="delivered"), at=now())
    with for_market("a test"):
        assert Message.objects.get().delivered_at is not None
