"""Opens and clicks of bulletins: tokens that lead only where we wrote, people told from machines, counts that add up."""

from __future__ import annotations

import json
import random
import re
from datetime import datetime, timedelta
from email import policy
from email.parser import BytesParser
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from oportuno.kernel.facts import Fact
from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.messaging.actions import visiting
from oportuno.people.messaging.actions.printing import press_for
from oportuno.people.messaging.api import MailFrame, Message, counted_otherwise, figures_of, links_of, make_frame, post_many
from oportuno.people.messaging.facts import MailClicked, MailOpened
from oportuno.people.messaging.models import MailLink, MailVisit, SendingRules
from oportuno.people.messaging.queries.tracked import token_for
from oportuno.people.messaging.rules.bulk import Envelope
from oportuno.people.messaging.rules.bulk.tracking import PICTURE
from oportuno.people.messaging.rules.visits import SOON_CLICK, WAIT, Visit, alone, judge
from oportuno.people.messaging.tests.test_it_posts_bulletins import MONDAY, readers, send, sink

__all__ = ["sink"]
pytestmark = pytest.mark.django_db
PERSON = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
ROSES, TULIPS = "https://flores.example/rosas?a=1&b=2", "https://flores.example/tulipanes"
HTML = (
    f'<html><body><p>Hola {{{{ name }}}}</p><a class="x" href="{ROSES.replace("&", "&amp;")}">Rosas</a> <a href=\'{TULIPS}\'>T</a>'
    f'<a href="{TULIPS}">otra vez</a> <a href="mailto:a@b.example">m</a> <a href="https://x.example/{{{{ name }}}}">suyo</a></body></html>'
)
TEXT = f"Hola {{{{ name }}}}\n\nRosas: {ROSES}.\nSolo aquí: https://flores.example/texto\n"


def bulletin(alba: Any, many: int = 1, **more: Any) -> tuple[MailFrame, list[Message]]:
    with for_organisation(alba.organisation.pk):
        frame = make_frame(
            organisation=alba.organisation.pk, subject="Rosas", text=TEXT, html=HTML, language="es-co", agreed_to="offers", at=MONDAY, **more
        )  # fmt: skip
        post_many(frame, readers(alba, many), at=MONDAY)
        return frame, list(Message.objects.filter(frame=frame).order_by("to_address"))


def printed(alba: Any, frame: MailFrame, mail: Message) -> str:
    with for_organisation(alba.organisation.pk):
        raw = press_for(frame).mail(Envelope(mail.pk, mail.to_address, "", "", mail.fields))
    return "\n".join(str(part.get_content()) for part in BytesParser(policy=policy.default).parsebytes(raw).iter_parts())


def judged(at: datetime) -> None:
    visiting.BUFFER.flush()
    visiting.judge_visits(Lease(0, 0, None, visiting.JOB), at=at)


def told(kind: type[Fact]) -> list[dict[str, Any]]:
    with for_market("a test reads the log"), connection.cursor() as cursor:
        cursor.execute("SELECT data FROM fact WHERE kind_id = %s ORDER BY id", [kind_number(kind.kind)])
        return [json.loads(data) if isinstance(data, str) else data for (data,) in cursor.fetchall()]


def link(alba: Any, frame: MailFrame, address: str) -> UUID:
    with for_organisation(alba.organisation.pk):
        return MailLink.objects.get(frame=frame, address=address).pk


def test_each_address_is_kept_once_and_printed_for_each_reader(alba, beto) -> None:
    frame, (ana, luz) = bulletin(alba, 2)
    with for_organisation(alba.organisation.pk):
        kept = dict(MailLink.objects.filter(frame=frame).values_list("number", "address"))
    assert kept == {0: f"{frame.origin}/", 1: ROSES, 2: TULIPS, 3: "https://flores.example/texto"}
    mail, other = printed(alba, frame, ana), printed(alba, frame, luz)
    tokens = re.findall(r"/c/([A-Za-z0-9_-]+)", mail)
    assert len(set(tokens)) == 4
    assert not set(tokens) & set(re.findall(r"/c/([A-Za-z0-9_-]+)", other))
    assert re.search(r'<img src="[^"]+/o/[A-Za-z0-9_-]{56}\.gif"', mail)
    assert ROSES not in mail
    assert 'href="mailto:a@b.example"' in mail
    assert 'href="https://x.example/Ana 0"' in mail
    assert f"Rosas: {frame.origin}/c/" in mail


def test_a_link_leads_where_our_table_says_and_a_tampered_one_nowhere(alba, client) -> None:
    frame, (mail,) = bulletin(alba)
    good = token_for(mail.pk, link(alba, frame, ROSES))
    answer = client.get(f"/c/{good}", headers={"User-Agent": PERSON})
    assert (answer.status_code, answer["Location"]) == (302, ROSES)
    assert "no-store" in answer["Cache-Control"]
    chance = random.Random(12)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for _ in range(2_000):
        at = chance.randrange(len(good))
        bad = good[:at] + chance.choice([one for one in letters if one != good[at]]) + good[at + 1 :]
        answer = client.get(f"/c/{bad}")
        assert answer.status_code == 404, bad
        assert "Location" not in answer
    for bad in ("x", good + "A", good[:-1], "https:%2F%2Fevil.example", token_for(mail.pk, PICTURE), token_for(mail.pk, mail.pk)):
        answer = client.get(f"/c/{bad}?next=https://evil.example")
        assert answer.status_code == 404, bad
    assert "lleva a ninguna parte" in client.get("/c/x").content.decode()


def test_people_and_machines_are_counted_apart_and_told_once(alba, client) -> None:
    frame, (ana, luz, eva) = bulletin(alba, 3)
    roses, tulips = link(alba, frame, ROSES), link(alba, frame, TULIPS)

    def see(path: str, agent: str = PERSON, **more: Any) -> None:
        client.get(path, headers={"User-Agent": agent, **more})

    see(f"/o/{token_for(ana.pk, PICTURE)}.gif", "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)")
    see(f"/c/{token_for(ana.pk, roses)}")
    see(f"/c/{token_for(ana.pk, roses)}")
    for one in (roses, tulips, link(alba, frame, "https://flores.example/texto")):
        see(f"/c/{token_for(luz.pk, one)}")
    see(f"/o/{token_for(eva.pk, PICTURE)}.gif", "Mozilla/5.0")
    see(f"/c/{token_for(eva.pk, tulips)}", **{"Sec-GPC": "1"})
    see("/o/garbage.gif")
    visiting.BUFFER.flush()
    assert told(MailClicked) == [], "visits wait for their neighbours"
    with for_market("a test waits"):
        later = max(MailVisit.objects.values_list("at", flat=True)) + WAIT
    judged(later)
    judged(later + WAIT)
    with for_organisation(alba.organisation.pk):
        found = figures_of([frame.pk])
        assert (found.opened, found.opened_by_machine, found.clicked, found.clicked_by_machine) == (1, 1, 1, 1)
        assert [(one.number, one.people, one.machines) for one in links_of([frame.pk])] == [(1, 1, 1), (2, 0, 1), (3, 0, 1)]
    assert sorted((one["link"], one["machine"]) for one in told(MailClicked)) == [(1, False), (1, True), (2, True), (3, True)]
    assert sorted(one["machine"] for one in told(MailOpened)) == [False, True]
    with for_market("a test"):
        assert counted_otherwise() == 0


def test_a_bulletin_that_is_not_tracked_prints_its_own_addresses_and_counts_nothing(alba, client) -> None:
    with for_organisation(alba.organisation.pk):
        SendingRules.objects.create(tracks=False)
    frame, (mail,) = bulletin(alba)
    words = printed(alba, frame, mail)
    assert ROSES in words
    assert "/o/" not in words
    assert "/c/" not in words
    client.get(f"/o/{token_for(mail.pk, PICTURE)}.gif", headers={"User-Agent": PERSON})
    assert visiting.BUFFER.flush() == 0


def test_a_machine_gives_itself_away() -> None:
    def by_itself(agent: str, method: str = "GET", picture: bool = False, **headers: str) -> str:
        return alone(method=method, headers={"User-Agent": agent, **headers}, is_picture=picture)

    assert by_itself(PERSON) == ""
    assert by_itself(PERSON, "HEAD") == "head"
    assert by_itself(PERSON, **{"Sec-Purpose": "prefetch;prerender"}) == "prefetch"
    assert by_itself("Mozilla/5.0", picture=True) == "apple privacy"
    assert by_itself("") == "no agent"
    assert by_itself("BarracudaCentral/1.0") == by_itself("python-requests/2.32") == by_itself("Slackbot-LinkExpanding 1.0") == "scanner"
    assert by_itself("Mozilla/5.0 (Windows NT 10.0) GoogleImageProxy", picture=True) == ""
    assert by_itself("Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) AppleWebKit/537.36") == ""


def test_a_machine_is_given_away_by_what_comes_with_it() -> None:
    def at(seconds: float, number: int | None = 1) -> Visit:
        return Visit(MONDAY + timedelta(seconds=seconds), number)

    long_ago = MONDAY - timedelta(hours=1)
    assert judge(at(0), [at(0)], sent_at=long_ago) == ""
    assert judge(at(0), [at(0), at(30, 2), at(60, 3)], sent_at=long_ago) == "", "a reader may follow several links"
    assert judge(at(0), [at(0), at(2, 2), at(3.5, 3)], sent_at=long_ago) == "many links"
    assert judge(at(3, None), [at(0), at(2, 2), at(3.5, 3)], sent_at=long_ago) == "many links"
    assert judge(at(0), [at(0), at(0.5, 2)], sent_at=long_ago) == "many links"
    assert judge(at(0, 0), [], sent_at=long_ago) == "hidden link"
    assert judge(at(0), [at(90, 0)], sent_at=long_ago) == "with hidden link"
    assert judge(at(0), [], sent_at=MONDAY - SOON_CLICK / 2) == "too soon"
    assert judge(at(0), [], sent_at=MONDAY - SOON_CLICK) == ""


def test_what_is_counted_adds_up_whatever_happens(alba, sink) -> None:
    url = sink.start()
    frame, mails = bulletin(alba, 40)
    with for_organisation(alba.organisation.pk):
        Message.objects.filter(pk=mails[0].pk).update(to_address="x@nobody.test")
        Message.objects.filter(pk=mails[1].pk).update(to_address="x@busy.test")
        assert figures_of([frame.pk]).waiting == figures_of([frame.pk]).audience == 40
    send(alba, frame, url)
    with for_organisation(alba.organisation.pk):
        found = figures_of([frame.pk])
        assert (found.audience, found.sent, found.failed, found.waiting, found.hard) == (40, 38, 1, 1, 1)
        Message.objects.filter(pk=mails[2].pk).delete()
        found = figures_of([frame.pk])
        assert found.audience == found.sent + found.failed + found.suppressed + found.waiting == 39
    with for_market("a test"):
        assert counted_otherwise() == 0


def test_its_links_lead_on_from_the_organisations_own_host_too(alba, stranger, settings) -> None:
    settings.SITES_HOST = "sitios.example"
    frame, (mail,) = bulletin(alba)
    host = {"headers": {"Host": f"{alba.organisation.slug}.sitios.example", "User-Agent": PERSON}}
    answer = stranger.get(f"/c/{token_for(mail.pk, link(alba, frame, ROSES))}", **host)
    assert (answer.status_code, answer["Location"]) == (302, ROSES)
    assert not answer.cookies
    picture = stranger.get(f"/o/{token_for(mail.pk, PICTURE)}.gif", **host)
    assert picture["Content-Type"] == "image/gif"
    assert stranger.get("/c/otra-cosa", **host).status_code == 404
