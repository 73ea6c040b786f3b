"""The mail catcher and its inbox, with the real process over real SMTP."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import pytest

from oportuno.doors.integrations.mailcatcher.maildir import Maildir
from oportuno.doors.integrations.views import caught_mail
from oportuno.kernel.errors import NotFound

EVIL = "<h1>Hola</h1><script>alert(1)</script><img src='https://evil.example/x.png'>"


def hand_over(catcher, to="carmen@example.com", subject="Hola", html="<p>Hola</p>", attach=False):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Alba <alba@example.com>", to, subject
    mail.set_content("Texto con https://example.com/enlace y más")
    mail.add_alternative(html, subtype="html")
    if attach:
        mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="<b>factura.pdf")
    with smtplib.SMTP("127.0.0.1", catcher.port) as smtp:
        smtp.send_message(mail)


def first_name(catcher):
    return Maildir(catcher.home / "caught-mail").latest()[0].name


def test_it_shows_what_was_caught_the_newest_first_and_finds_by_recipient(dario, catcher):
    for number in range(3):
        hand_over(catcher, to=f"p{number}@example.com", subject=f"Correo {number}")
    page = dario.get(dario.desk("correo-de-prueba/")).content.decode()
    assert page.index("Correo 2") < page.index("Correo 1") < page.index("Correo 0")
    found = dario.get(dario.desk("correo-de-prueba/"), {"q": "p1@"}).content.decode()
    assert "Correo 1" in found
    assert "Correo 2" not in found


def test_it_shows_a_mail_and_locks_its_html_in(dario, catcher):
    hand_over(catcher, html=EVIL, attach=True)
    here = dario.desk(f"correo-de-prueba/{first_name(catcher)}/")
    page = dario.get(here)
    text = page.content.decode()
    assert "https://example.com/enlace" in text
    assert "<script>alert" not in text
    assert "<b>factura" not in text
    frame = dario.get(f"{here}html/")
    policy = frame["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "sandbox" in policy
    assert "script" not in policy
    download = dario.get(f"{here}adjuntos/0/")
    assert download.content == b"%PDF-1.4"
    assert download["Content-Disposition"].startswith("attachment")
    assert dario.get(f"{here}adjuntos/1/").status_code == 404


@pytest.mark.parametrize("name", ["..%2F..%2Fetc%2Fpasswd", "nothing", "1700000000000000000.1_1"])
def test_it_opens_nothing_but_caught_mails(dario, catcher, name):
    assert dario.get(dario.desk(f"correo-de-prueba/{name}/")).status_code == 404


def test_it_deletes_all(dario, catcher):
    hand_over(catcher)
    assert dario.get(dario.desk("correo-de-prueba/vaciado/")).status_code in (404, 405)
    assert len(catcher.mails()) == 1
    assert dario.post(dario.desk("correo-de-prueba/vaciado/")).status_code == 302
    assert catcher.mails() == []


def test_it_is_for_the_operator_only_and_only_in_development(dario, alba, gala, stranger, catcher, settings):
    hand_over(catcher)
    assert alba.get(alba.desk("correo-de-prueba/")).status_code == 404
    assert gala.get(dario.desk("correo-de-prueba/")).status_code == 404
    assert stranger.get(dario.desk("correo-de-prueba/")).status_code == 302
    settings.PRODUCTION = True
    with pytest.raises(NotFound):
        caught_mail._box()


def test_it_keeps_the_newest_and_forgets_the_oldest(tmp_path):
    box = Maildir(tmp_path / "box", most=5)
    for number in range(12):
        box.keep(f"Subject: {number}\r\n\r\nx".encode(), sender="a@example.com", recipients=["b@example.com"])
    assert [mail.subject for mail in box.latest()] == ["11", "10", "9", "8", "7"]
    again = Maildir(tmp_path / "box", most=5)  # another start
    again.keep(b"Subject: 12\r\n\r\nx", sender="", recipients=[])
    assert [mail.subject for mail in again.latest()] == ["12", "11", "10", "9", "8"]


def test_it_answers_as_the_recipients_domain_asks_for(catcher):
    with smtplib.SMTP("127.0.0.1", catcher.port) as smtp:
        smtp.ehlo()
        smtp.mail("a@example.com")
        assert smtp.rcpt("x@busy.test")[0] == 451
        assert smtp.rcpt("x@nobody.test")[0] == 550
        assert smtp.rcpt("x@example.com")[0] == 250
