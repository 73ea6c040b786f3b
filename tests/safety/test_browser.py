"""Hostile words in every field, then every page in a real browser: nothing runs, nothing is refused by the policy (T08); and axe.

The words go in through the forms of the lowest role that has one; what everybody then opens is every page there is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Dialog, Page, Response
from pytest_django.live_server_helper import LiveServer

from oportuno.kernel.clock import now
from oportuno.people.organisations.testing import Actor
from tests.safety import answers
from tests.safety.examples import doors, values_for
from tests.safety.forms import NEVER, Field, all_forms
from tests.safety.hidden import everything_on_show, feed, superuser
from tests.safety.market import Market, build, first
from tests.safety.poison import poison

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RUN = "window.__canary=1"
PAYLOADS = (
    f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"\"><svg onload={RUN}>", f"'><img src=x onerror={RUN}>", f"<svg><script>{RUN}</script></svg>",
    f"</title><script>{RUN}</script>", f"</textarea><script>{RUN}</script>", f"</script><script>{RUN}</script>", f"<details open ontoggle={RUN}>x",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>", f"javascript:{RUN}", f"<a href=javascript:{RUN}>x</a>", f"<body onload={RUN}>",
    f"\" autofocus onfocus={RUN} x=\"", f"{{{{constructor.constructor('{RUN}')()}}}}", f"<math><mi xlink:href=javascript:{RUN}>x", f"<input autofocus onfocus={RUN}>",
    *(f"<{tag} {event}={RUN}>" for tag, event in (
        ("video src=x", "onerror"), ("audio src=x", "onerror"), ("marquee", "onstart"), ("select autofocus", "onfocus"), ("textarea autofocus", "onfocus"),
        ("keygen autofocus", "onfocus"), ("object data=x", "onerror"), ("embed src=x", "onerror"), ("link rel=stylesheet href=x", "onerror"),
        ("video", "onloadstart"), ("source", "onerror"), ("input type=image src=x", "onerror"), ("a style=animation-name:x", "onanimationstart"),
        ("p tabindex=0 autofocus", "onfocus"), ("svg><animate begin=0s", "onbegin"), ("style", "onload"), ("frameset", "onload"), ("table background=x", "onerror"),
        ("isindex autofocus", "onfocus"), ("button autofocus", "onfocus"),
    )),
    f"<ScRiPt>{RUN}</sCrIpT>", f"<script/x>{RUN}</script>", f"<script\n>{RUN}</script>", f"<<script>{RUN}//<</script>", f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<svg><a xlink:href='javascript:{RUN}'><text y=20>x</text></a></svg>", f"<form action=javascript:{RUN}><button>x</button></form>", f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}", f"&#106;avascript:{RUN}", f"vbscript:{RUN}", f"data:text/html,<script>parent.{RUN}</script>", f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<base href=javascript:{RUN}//>", f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>", f"<template><script>{RUN}</script></template>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>", f"${{{RUN}}}", f"{{% {RUN} %}}", f"' onmouseover={RUN} x='", f"`onfocus={RUN} autofocus x=`",
    f"<style>@import 'javascript:{RUN}'</style><b style=\"color:red\">x</b>", f"<!--><img src=x onerror={RUN}>-->", f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
)  # fmt: skip
RUNNING_LINK = f"javascript:{RUN}"
BLOCKING = ("serious", "critical")
SCHEMES: dict[str, Literal["light", "dark"]] = {"es-co": "light", "en": "dark"}
"""Every page in both languages and both schemes: words do not change with the scheme, nor colours with the language."""
AXE = Axe().axe_script
# Rules that never say more than "moderate" are not asked: the answer is the same, a third sooner.
LOOK = """async ({besides, tags, blocking}) => {
    const minor = axe._audit.rules.filter(rule => rule.impact && !blocking.includes(rule.impact)).map(rule => [rule.id, {enabled: false}])
    const options = {resultTypes: ["violations"], runOnly: tags, rules: Object.fromEntries(minor)}
    const found = await axe.run(besides.length ? {exclude: besides} : document, options)
    return found.violations.filter(one => blocking.includes(one.impact)).map(one => `${one.id} (${one.impact}): ${one.nodes[0].html.slice(0, 140)}`)
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
FRAMES = (".desk-nav", ".desk-bar", ".desk-bottom", ".market-header", ".market-footer")
"""The same around every page: looked at once for each who opens it."""
PARTS = ("/productos/vistos/", "/avance/")  # pieces of a page, asked for by its script
AS_VISITORS_SEE = "/vista/"  # a site's own page, in the site's language whoever looks at it
HIDDEN = ("stamp", "idempotency_key", "website", "next", "csrfmiddlewaretoken")


@pytest.fixture
def here() -> Iterator[LiveServer]:
    """The application, served from this process's own database."""
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()
    connections.close_all()


def hostile_market() -> Market:
    """The market with hostile words in whatever its people can write, from the lowest role up."""
    market = build()
    before = standings()
    writers = [*reversed(market.members.values()), market.alba, market.dario, market.gala]
    by_prefix: dict[str, list[Actor]] = {}
    for actor in writers:
        by_prefix.setdefault(actor.desk(), []).append(actor)
    for form, client in all_forms(market):
        payloads = cycle(PAYLOADS)
        if "clave" in form.action or any(end in form.action for end in NEVER) or REMOVES.search(form.action):
            continue
        data = form.data(lambda one, payloads=payloads: hostile(one, payloads))  # type: ignore[misc]
        actors = next((who for prefix, who in by_prefix.items() if form.action.startswith(prefix)), None)
        for sender in [one.client for one in actors] if actors else [client]:
            cache.clear()
            if answers.ask(sender, "POST", form.action, data).status_code < 400:
                break
    plant(market)
    put_back(before)
    owners = [market.organisation, market.gala.member.organisation.pk, market.dario.member.organisation.pk]
    everything_on_show(owners)  # one of the forms suspends a seller
    feed(market.alba.member.organisation.slug)
    assert set(poison(PAYLOADS)) <= EMPTY, "a text that nobody of the small market has: make one in tests/safety/plenty.py"
    return market


REMOVES = re.compile("/formularios/[^/]+/respuestas/|/suprimidos/[^/]+/liberacion/")
DECIDED = {
    "public_question": ("state", "published"), "site_topic": ("state", "published"), "theme_version": ("state", "published"),
    "knowledge_article": ("review", "published"), "guide": ("published", "withdrawn_at"), "guide_version": ("state",), "ebook": ("published", "current"),
}  # fmt: skip
"""What somebody decides, by the forms of the walk too: afterwards it waits, or stands, as it did, or half of the pages show nothing."""


def standings() -> dict[str, list[tuple[Any, ...]]]:
    with superuser() as owner:
        return {table: owner.execute(f"SELECT {', '.join(names)}, id FROM {table}").fetchall() for table, names in DECIDED.items()}


def put_back(before: dict[str, list[tuple[Any, ...]]]) -> None:
    with superuser() as owner:
        owner.execute("SET session_replication_role = replica")
        for table, rows in before.items():
            for row in rows:
                owner.execute(f"UPDATE {table} SET {', '.join(f'{name} = %s' for name in DECIDED[table])} WHERE id = %s", row)


EMPTY = {"parked_fact.reader", "parked_fact.error"}
"""What a reader of facts gave up: its own tests open the page."""


def hostile(one: Field, payloads: Iterator[str]) -> str | None:
    if one.name in HIDDEN or one.kind in ("hidden", "email", "tel", "url") or one.name.endswith(("date", "at", "_on")):
        return None
    return next(payloads)


def plant(market: Market) -> None:
    """What no single form takes whole: every payload as the title of a product, the name of a contact, the words of a question."""
    from oportuno.kernel.isolation import for_organisation
    from oportuno.offer.catalogue import api as catalogue
    from oportuno.people.audience import api as audience
    from oportuno.people.audience.testing import make_contact

    member = market.alba.member
    with for_organisation(member.organisation.pk):
        for n, payload in enumerate(PAYLOADS):
            words = catalogue.Words(
                title_es=payload, title_en=payload, description_es=payload, description_en=payload, brand=payload[:120], tags=[payload[:60]]
            )
            catalogue.create_product(
                words=words,
                listing=catalogue.Listing(sku=f"X{n}{payload}"[:80], unit=payload[:40], link=RUNNING_LINK),
                by=member.id,
                at=now(),
            )
            contact = make_contact(member.organisation, f"x{n}@example.com", payload)
            audience.add_note(contact=contact, text=payload, by=member, at=now())
            email = audience.addresses.email(f"x{n}@example.com")
            assert email
            how = audience.Circumstances("form")
            audience.ask(
                organisation=member.organisation,
                email=email,
                text=f"{payload} ¿cuándo llega?",
                name=payload,
                circumstances=how,
                at=now(),
                proven=True,
            )


def visits(market: Market) -> Iterator[tuple[str, Actor | None]]:
    """Every page, with who opens it; what downloads or signs out is left out."""
    for door in doors():
        policy = door.policies["GET"]
        if policy.audience == "key" or door.path.startswith(
            ("api/", "media/", "portadas", "hooks", "salir", "healthz", "readyz", "sitemap", "robots")
        ):
            continue
        if any(word in door.path for word in ("archivo", "descarga", "exportaciones", ".csv", ".xml", ".txt", "adjuntos", "/html/")):
            continue
        actor = {"operator": market.dario, "member": market.alba, "person": market.carmen}.get(policy.audience)
        if policy.audience == "operator" and policy.permission == "vet sellers":
            actor = market.dario
        yield door.address(values_for(door, market)), actor


def sign_in(page: Page, here: LiveServer, actor: Actor | None) -> None:
    page.context.clear_cookies()
    if actor:
        client = Client()
        client.force_login(actor.person)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": here.url}])


def in_order(market: Market) -> list[tuple[str, Actor | None]]:
    """One actor after the other, so that the browser signs in a few times only."""
    shown = [(address, actor) for address, actor in visits(market) if is_page(address, actor.client if actor else Client())]
    return sorted(shown, key=lambda one: str(one[1].person.pk) if one[1] else "")


def is_page(address: str, client: Client) -> bool:
    """Whether a browser would show it: Chromium cannot open what is empty or a download."""
    cache.clear()
    answer = answers.ask(client, "GET", address)
    assert answer.status_code < 500, f"{address}: {answer.status_code}"
    return (
        answer.status_code < 400
        and not answer.streaming
        and (answer.status_code >= 300 or "html" in answer.headers.get("Content-Type", ""))
    )


def _closed(dialog: Dialog, told: list[str]) -> None:
    told.append("a dialog")
    dialog.dismiss()


def test_no_word_of_anybody_runs_on_any_page(browser: Browser, here: LiveServer) -> None:
    market = hostile_market()
    page = browser.new_page()
    told: list[str] = []
    page.on(
        "console",
        lambda message: told.append(message.text) if "Content Security Policy" in message.text or "Refused to" in message.text else None,
    )
    page.on(
        "request", lambda request: told.append(f"asks {request.url}") if not request.url.startswith((here.url, "data:", "blob:")) else None
    )
    page.on("dialog", lambda dialog: _closed(dialog, told))
    wrong, shown, before = [], 0, object()
    hostile_pages: set[str] = set()
    for address, actor in in_order(market):
        if actor is not before:
            sign_in(page, here, actor)
            before = actor
        cache.clear()
        told.clear()
        answer = page.goto(here.url + address, wait_until="load")
        if answer is None or answer.status in (404, 405):
            continue
        shown += 1
        if "__canary" in page.content():
            hostile_pages.add(address)
        if page.evaluate("window.__canary") is not None:
            wrong.append(f"{address}: a word of somebody's ran")
        if told:
            wrong.append(f"{address}: {told[0][:200]}")
        if links := page.evaluate(
            "[...document.querySelectorAll('a[href],form[action],iframe[src]')].map(e => e.getAttribute('href') || e.getAttribute('action') || e.src).filter(h => /^\\s*(javascript|vbscript|data:text)/i.test(h))"
        ):
            wrong.append(f"{address}: a link that runs: {links[0][:80]}")
    page.close()
    assert not wrong, f"{len(wrong)} of {shown}:\n" + "\n".join(wrong)
    assert shown > 50
    seller, product = market.alba.member.organisation.slug, first("product", "organisation_id = %s", market.organisation, column="slug")
    assert {"/", "/vendedores/", "/buscar/", f"/v/{seller}/", f"/productos/{product}/"} <= hostile_pages, (
        "nobody was shown a hostile word there"
    )


def test_it_would_see_a_word_that_runs(browser: Browser, here: LiveServer) -> None:
    """A deliberately broken page: the payload unescaped, without the policy."""
    page = browser.new_page()
    page.set_content(f"<html><body>{PAYLOADS[1]}</body></html>", wait_until="load")
    page.wait_for_function("window.__canary !== undefined", timeout=5000)
    page.close()


@pytest.mark.parametrize("language", SCHEMES)
def test_axe_finds_nothing_serious_on_any_page(browser: Browser, here: LiveServer, language: str) -> None:
    market = build()
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=SCHEMES[language])
    wrong, seen, before, frames = [], 0, object(), set[str]()
    for path, actor in in_order(market):
        if path.endswith(PARTS):
            continue
        address = f"/{language}{path}" if language == "en" else path
        if actor is not before:
            sign_in(page, here, actor)
            before = actor
            frames.clear()
        cache.clear()
        answer = page.goto(here.url + address, wait_until="load")
        if answer is None or answer.status in (404, 405) or "html" not in answer.headers.get("content-type", "") or runs_nothing(answer):
            continue
        seen += 1
        spoken, framed, titles = page.evaluate(
            "frames => [document.documentElement.lang, frames.filter(one => document.querySelector(one)), document.querySelectorAll('h1').length]",
            FRAMES,
        )
        if titles != 1:
            wrong.append(f"{address}: {titles} titles, where a page has one")
        if not spoken.startswith(language[:2]) and not path.endswith(AS_VISITORS_SEE):
            wrong.append(f"{address} led out of {language}, to {page.url}")
        wrong += [f"{address}: {one}" for one in findings(page, besides=sorted(frames))]
        frames.update(framed)
    page.close()
    assert not wrong, f"{len(wrong)} on {seen} pages:\n" + "\n".join(wrong[:80])
    assert seen > 80


def runs_nothing(answer: Response) -> bool:
    """A mail as it looks, shut off from everything: no script runs there, axe's neither."""
    return "sandbox" in answer.headers.get("content-security-policy", "")


def findings(page: Page, besides: Sequence[str] = ()) -> list[str]:
    """What axe holds to be serious or critical, each with the first element it means; besides what was looked at already."""
    page.evaluate(AXE)
    return list(page.evaluate(LOOK, {"besides": [[one] for one in besides], "tags": RULES, "blocking": BLOCKING}))


def test_axe_would_find_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=es><head><title>x</title></head><body><main><h1>x</h1><img src=x><button></button></main></body></html>")
    assert {one.split()[0] for one in findings(page)} >= {"image-alt", "button-name"}
    assert json.dumps(findings(page))
    page.close()
