"""Whatever host a request says it came to, no mail leads anywhere but to the market (threat T06)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.test.signals import template_rendered

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.forms import stamp_of
from oportuno.people.audience.testing import asked
from oportuno.people.messaging.testing import all_messages, link_in
from oportuno.people.organisations.models import Invitation
from oportuno.people.organisations.testing import PASSWORD
from oportuno.people.organisations.tests.helpers import sure_browser_of
from tests.safety.market import Market, first

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_MARKET = True
SRC = Path(__file__).parents[2] / "src/oportuno"
HOSTS = (
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "localhost:8000@evil.example"},
    {"HTTP_HOST": "evil.example:8000"},
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_SERVER": "evil.example"},
    {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_FORWARDED": "host=evil.example;proto=https"},
    {"HTTP_X_HOST": "evil.example"},
    {"HTTP_X_ORIGINAL_URL": "https://evil.example/"},
    {"HTTP_X_REWRITE_URL": "https://evil.example/"},
    {"HTTP_ORIGIN": "https://evil.example", "HTTP_REFERER": "https://evil.example/"},
    {"SERVER_NAME": "evil.example", "SERVER_PORT": "80"},
)


BY_WORKER = {
    *(f"directory/mail/{name}.txt" for name in ("approved", "changes", "ending", "handed_in", "ran_out", "rejected", "standing")),
    "search/mail/new_matches.txt",
    "audience/mail/asked.txt",
    "audience/mail/reminder.txt",
    *(f"experts/mail/{name}.txt" for name in ("answer", "decided", "declined", "field", "joined", "received", "shown")),
    *(f"knowledge/mail/{name}.txt" for name in ("to_market", "to_seller")),
    "glossary/mail/decided.txt",
    "guides/mail/decided.txt",
    *(f"sites/mail/{name}.txt" for name in ("answer", "comment", "reply", "silence", "topic")),
}
"""Written by jobs and by readers of facts, which know of no request."""
SAME_SITE = {"HTTP_ORIGIN": "http://testserver"}
URL = re.compile(r"https?://[^\s\"'<>]+")
NEW = {"name": "Nueva", "password1": "siete tulipanes rojos"}


@pytest.fixture
def written(settings: Any) -> Iterator[set[str]]:
    """The templates of the mails that this test made somebody write."""
    names: set[str] = set()

    def note(template: Any, **_rest: Any) -> None:
        if template.name and re.search(r"/(mail|letters)/", template.name):
            names.add(template.name)

    settings.ACCOUNT_RATE_LIMITS = False
    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def strangers_ask(number: int, host: dict[str, str]) -> None:
    """The entrance, the bulletin and a question: everything that mails people who have not signed in."""
    someone = f"nobody{number}@example.com"
    for address, said in (
        ("/clave/olvidada/", {"email": "carmen@example.com"}),
        ("/clave/olvidada/", {"email": someone}),
        ("/entrar/codigo/", {"email": "carmen@example.com"}),
        ("/entrar/codigo/", {"email": someone}),
        ("/registro/", {**NEW, "email": "carmen@example.com"}),
        ("/registro/", {**NEW, "email": f"new{number}@example.com"}),
    ):
        sent(Client(), address, said, host)
    human = {"stamp": stamp_of(now() - timedelta(minutes=1)), "agrees": "on"}
    reader, before = f"reader{number}@example.com", len(all_messages())
    sent(Client(), "/boletin/", {**human, "email": reader}, host)
    for message in all_messages()[before:]:
        sent(Client(), link_in(message), {}, host)
    sent(Client(), "/mis-datos/", {**human, "email": reader}, host)
    asking = {**human, "email": f"asker{number}@example.com", "name": "Eva", "text": "¿Tienen rosas blancas para el sábado?"}
    sent(Client(), "/v/flores-de-alba/preguntar/", asking, host)


def readers_say(market: Market, number: int, host: dict[str, str]) -> None:
    """A comment that wants to hear of replies, a topic that is asked for, a form: each address is confirmed by mail."""
    blog, human = "/v/flores-de-alba/blog/", {"stamp": stamp_of(now() - timedelta(minutes=1)), "name": "Eva", "follows": "on"}
    post = first("site_entry", "organisation_id = %s AND kind = 'post' AND published", market.organisation)
    form = first("site_form", "organisation_id = %s AND published", market.organisation, column="slug")
    said = {**human, "email": f"comments{number}@example.com", "text": f"¿Y con heladas, {number}?"}
    sent(Client(), f"{blog}comentarios/{post}/", said, SAME_SITE | host)
    sent(
        Client(),
        f"{blog}temas/pedido/",
        {**human, "email": f"topics{number}@example.com", "title": f"Heladas, {number}", "agrees": "on"},
        SAME_SITE | host,
    )
    asked = {
        **human,
        "agrees": "on",
        "email": f"experts{number}@example.com",
        "title": f"¿Qué hago con las heladas, {number}?",
        "seen": "1",
    }
    sent(Client(), "/preguntas/nueva/", asked, SAME_SITE | host)
    question = first("public_question", "published", column="slug")
    sent(
        Client(),
        f"/preguntas/{question}/seguimiento/",
        {**human, "agrees": "on", "email": f"follows{number}@example.com"},
        SAME_SITE | host,
    )
    asks = re.findall(r'name="(q_\w+)"', Client().get(f"/v/flores-de-alba/formulario/{form}/").text)
    given = {**human, **dict.fromkeys(asks, "Rosas"), "agrees": "on", "q_email": f"forms{number}@example.com"}
    sent(Client(), f"/v/flores-de-alba/formulario/{form}/", given, SAME_SITE | host)


def members_do(market: Market, number: int, host: dict[str, str]) -> None:
    """Inviting, inviting again, answering, another address, another password."""
    alba, carmen = market.alba, sure_browser_of("carmen@example.com")
    sent(alba.client, alba.desk("equipo/invitaciones/"), {"email": f"guest{number}@example.com", "role": "seller"}, host)
    invitation = first("invitation", "organisation_id = %s", market.organisation)
    sent(alba.client, alba.desk(f"equipo/invitaciones/{invitation}/envio/"), {}, host)
    with for_organisation(market.organisation):
        question = asked(alba, f"asks{number}@example.com").pk
    sent(alba.client, alba.desk(f"preguntas/{question}/respuesta/"), {"answer": "Sí, los sábados."}, host)
    sent(carmen, "/mi-cuenta/correos/", {"email": f"carmen{number}@example.com", "action_add": ""}, host)
    sent(carmen, "/mi-cuenta/seguridad/clave/", {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}, host)


def sent(client: Client, address: str, said: dict[str, Any], host: dict[str, str]) -> HttpResponse:
    cache.clear()
    client.raise_request_exception = False
    return client.post(address, said, **host)  # type: ignore[return-value,arg-type]


def letters() -> list[str]:
    """Every mail until now, as text and as HTML."""
    kept = [f"{one.subject}\n{one.text}\n{one.html}" for one in all_messages()]
    return kept + [str(one.message().as_string()) + str(one.body) + str(getattr(one, "alternatives", "")) for one in mail.outbox]


def test_no_mail_leads_to_a_foreign_host(market: Market, written: set[str]) -> None:
    for number, host in enumerate(HOSTS):
        a_while_ago(market)
        before = len(letters())
        strangers_ask(number, host)
        readers_say(market, number, host)
        members_do(market, number, host)
        refused = host.get("HTTP_HOST") == "localhost:8000@evil.example"
        assert len(letters()) - before >= (0 if refused else 12), host
    found = {url for letter in letters() for url in URL.findall(letter)}
    assert len(found) > 5 * len(HOSTS)
    assert [url for url in found if not url.startswith(f"{settings.ORIGIN}/") and url != settings.ORIGIN] == []
    assert [letter for letter in letters() if "evil" in letter] == []
    there = {file.relative_to(folder.parents[1]).as_posix() for folder in letter_folders() for file in folder.glob("*.txt")}
    assert there - BY_WORKER == {name for name in written if name.endswith(".txt")} - BY_WORKER


def a_while_ago(market: Market) -> None:
    """Invitations may be sent again after a minute, and twenty in a day."""
    with for_organisation(market.organisation):
        Invitation.objects.update(at=now() - timedelta(days=2))


def letter_folders() -> list[Path]:
    return [folder for name in ("mail", "letters") for folder in SRC.glob(f"*/*/templates/*/{name}")]


def test_nothing_that_writes_mail_asks_a_request_for_its_host() -> None:
    """What the walk above cannot see, because a job writes it: an address made of anything but our own origin."""
    asks = re.compile(r"get_host\(|build_absolute_uri|HTTP_HOST|get_current_site")
    writers = [
        file for file in SRC.rglob("*.py") if "tests" not in file.parts and re.search(r"mail/\w+\.txt|send_letter", file.read_text())
    ]
    assert len(writers) >= 6
    assert [file.name for file in writers if asks.search(file.read_text())] == []


def test_no_mail_compares_what_it_only_shows() -> None:
    """Texts of a context are marks while a template is read: a comparison with one is never true. Choices come as yes and no."""
    compared = re.compile(r"{%-? *(?:el)?if[^%]*[=!]= *[\"']")
    mails = list(SRC.glob("*/*/templates/*/mail/*.txt"))
    assert mails
    assert [one.name for one in mails if compared.search(one.read_text())] == []
