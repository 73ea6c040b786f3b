"""What is bounded, and what stays on this site: limits (T35), redirects (T12), orderings (T15), headers, spreadsheets (T13)."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.catalogue import api as catalogue
from oportuno.people.audience.testing import make_contact
from tests.safety import answers
from tests.safety.examples import doors, values_for
from tests.safety.forms import all_forms, pages
from tests.safety.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_MARKET = True
SRC = Path(__file__).parents[2] / "src"
ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example", "http:evil.example", "https:/evil.example",
    "javascript:alert(1)", " //evil.example", "\t//evil.example", "/\t/evil.example", "//evil.example%2f..", "http://localhost:8000@evil.example/",
    "https://evil.example\\@localhost/", "data:text/html,x", "//evil%E3%80%82example", "/%09/evil.example", "\x01//evil.example", "%2F%2Fevil.example",
    "https://localhost.evil.example/", "////evil.example/..;/", "vbscript:x", "ftp://evil.example", "//[::1]/", "https://xn--evil-0ra.example",
)  # fmt: skip
NEXT = ("next", "url", "return", "return_to", "redirect", "continue", "volver", "back", "to", "goto")


def get(client: Client, address: str) -> HttpResponse:
    cache.clear()
    return answers.ask(client, "GET", address)


def html_pages(market: Market) -> Iterator[tuple[str, HttpResponse]]:
    for address, client in pages(market):
        answer = get(client, address)
        if "html" in answer.headers.get("Content-Type", ""):
            yield address, answer


STYLES = re.compile(rb"<style[^>]*>[^<]*</style>|\sstyle\s*=\s*\"[^\"]*\"", re.I)


def test_it_carries_a_strict_policy_on_every_page_and_nothing_inline(market: Market) -> None:
    """No script and no style but from files of our own; no handler in an attribute."""
    wrong, seen = [], 0
    inline = re.compile(
        rb"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/(?:ld\+)?json|speculationrules)\")[^>]*>|<[^>]+\son\w+\s*=|<[^>]+\sstyle\s*=|<style|href=\"javascript:",
        re.I,
    )
    for address, answer in html_pages(market):
        seen += 1
        policy = answer.headers.get("Content-Security-Policy", "")
        scripts = next((part for part in policy.split("; ") if part.startswith("script-src")), "")
        open_to = "unsafe" in scripts or "*" in scripts or not scripts
        if "sandbox" not in policy and (open_to or "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy):
            wrong.append(f"{address}: {policy or 'no policy'}")
        looked_at = STYLES.sub(b"", answer.content) if policy.endswith("sandbox") else answer.content  # a mail, whose styles lie in it
        if found := inline.search(looked_at):
            wrong.append(f"{address}: inline {found.group(0)[:80]!r}")
        if answer.headers.get("X-Content-Type-Options") != "nosniff":
            wrong.append(f"{address}: no nosniff")
    assert not wrong, "\n".join(wrong)
    assert seen > 40


def test_it_says_where_to_report_a_hole() -> None:
    told = Client().get("/.well-known/security.txt")
    assert told.status_code == 200
    body = told.content.decode()
    assert re.search(r"^Contact: (mailto:|https:)", body, re.M)
    assert re.search(r"^Expires: \d{4}-", body, re.M)


def test_it_sends_nobody_to_another_site(market: Market) -> None:
    """Every page and every form with every way to say where to go next, 25 ways to say it."""
    wrong = []
    for turn, (address, client) in enumerate(pages(market)):
        entrance = re.search(r"^/(entrar|salir|registro|clave|invitacion|idioma|boletin|baja|visita)", address)
        for target in ELSEWHERE if entrance else (ELSEWHERE[turn % len(ELSEWHERE)], ELSEWHERE[0]):
            cache.clear()
            answer = answers.ask(client, "GET", address, dict.fromkeys(NEXT, target))
            if goes_elsewhere(answer):
                wrong.append(f"GET {address} next={target}: {answer.headers['Location']}")
    for form, client in all_forms(market):
        if "/desk/" in form.action:
            continue
        for target in ELSEWHERE[:12]:
            answer = answers.ask(client, "POST", form.action, {**form.data(), "next": target})
            if goes_elsewhere(answer):
                wrong.append(f"POST {form.action} next={target}: {answer.headers['Location']}")
    assert not wrong, "\n".join(wrong)


def goes_elsewhere(answer: HttpResponse) -> bool:
    location = answer.headers.get("Location", "") or answer.headers.get("HX-Redirect", "")
    parts = urlsplit(location.replace("\\", "/"))
    return bool(location) and (parts.netloc not in ("", "testserver", "localhost:8000") or parts.scheme not in ("", "http", "https"))


def test_it_would_see_a_redirect_elsewhere() -> None:
    assert all(
        goes_elsewhere(HttpResponse(status=302, headers={"Location": one}))
        for one in ("//evil.example/", "/\\evil.example", "javascript:alert(1)")
    )
    assert not goes_elsewhere(HttpResponse(status=302, headers={"Location": "/entrar/"}))


ODD = (
    {"order": "-password"}, {"sort": "person__password"}, {"sort": "id;drop table person"}, {"order_by": "?"}, {"sort": "\"x\" desc"},
    {"after": "' OR 1=1--"}, {"after": "00000000"}, {"before": "9" * 40}, {"page": "-1"}, {"page": "99999999999999999999"}, {"page": "1e9"},
    {"limit": "1000000000"}, {"q": "x" * 10_000}, {"q": "\x00"}, {"q": "' OR '1'='1"}, {"q": "%" * 500}, {"q": "\\"}, {"q": "\ud7ff\u202e"},
    {"q": "(((((" * 200}, {"since": "not a day"}, {"state": "__class__"}, {"category": "../../etc/passwd"}, {"tag": "a,b"}, {"lat": "nan", "lon": "inf"},
    {"latitude": "1e400", "longitude": "x"}, {"cerca": "nan,nan"}, {"km": "-1"}, {"show": "\x00"}, {"organisation_id": "2"}, {"price_from": "٣"},
    {f"facet{n}": "x" for n in range(900)}, {"color": ["x"] * 900}, {"a__b__c__in": "[1]"}, {"kind": "person"}, {"place": "\x00"}, {"sector": "x" * 9000},
)  # fmt: skip


def test_it_is_not_thrown_by_odd_parameters(market: Market) -> None:
    """Orderings, marks and filters that no link of ours has: 200 or a clear no, never a defect."""
    wrong = []
    for address, client in pages(market):
        of_one_thing = re.search(r"registro|clave|mi-cuenta/seguridad|/[0-9a-f]{8}-", address)
        for query in at_once()[: 2 if of_one_thing else None]:
            cache.clear()
            answer = answers.ask(client, "GET", address, query)
            if answer.status_code >= 500:
                wrong.append(f"{address}?{str(query)[:300]}: {answer.status_code}")
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:60])


def at_once() -> list[dict[str, object]]:
    """The odd parameters in as few questions as hold them all."""
    groups: list[dict[str, object]] = []
    for one in ODD:
        free = next((group for group in groups if not group.keys() & one.keys()), None)
        if free is None:
            groups.append(dict(one))
        else:
            free.update(one)
    return groups


def test_it_refuses_too_much_at_once(market: Market) -> None:
    client = market.alba.client
    client.raise_request_exception = False
    fields = client.post(market.alba.desk("organizacion/"), {f"f{n}": "x" for n in range(1500)})
    body = client.post(market.alba.desk("organizacion/"), data="x=" + "y" * 3_000_000, content_type="application/x-www-form-urlencoded")
    assert (fields.status_code, body.status_code) in {(400, 400), (400, 413), (413, 413)}


def test_it_gives_no_query_of_the_web_more_than_five_seconds() -> None:
    """Settings of a web process: read in one, because this is a test process."""
    code = "import os; os.environ['OPORTUNO_PROCESS'] = 'web'; from oportuno.config import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SRC).stdout
    assert "statement_timeout=5s" in told
    assert "idle_in_transaction_session_timeout=30s" in told


def test_it_builds_no_query_from_what_somebody_sent() -> None:
    """No dictionary of a request is spread into the ORM, and no ordering comes from one (T15)."""
    spread = re.compile(
        r"\.(?:filter|exclude|get|order_by|annotate|alias|values|extra|aggregate)\(\s*\*+\s*[^)]*request\.(?:GET|POST|body)"
    )
    loose = [f"{file.relative_to(SRC)}: {found.group(0)}" for file in SRC.rglob("*.py") if (found := spread.search(file.read_text()))]
    assert loose == []
    assert spread.search("Offer.objects.filter(**request.GET.dict())")


HOSTILE = (
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|'/c calc'!A0",
    " =1+1",
)


def test_it_lets_no_formula_out_in_any_spreadsheet(market: Market) -> None:
    """Everything that can be downloaded as a table, with formulas typed into names and titles."""
    member, at = market.alba.member, now()
    with for_organisation(member.organisation.pk):
        for n, formula in enumerate(HOSTILE):
            make_contact(member.organisation, f"f{n}@example.com", formula)
            words = catalogue.Words(title_es=f"{formula} ", description_es=formula, brand=formula, tags=[formula])
            catalogue.create_product(words=words, listing=catalogue.Listing(sku=f"{formula}{n}", unit=formula), by=member.id, at=at)
    live, tables = [], 0
    for door in doors():
        if door.policies["GET"].audience != "member" or not re.search(r"descarga|export|informe|plantilla", door.path):
            continue
        kinds = catalogue.FORMATS if "kind" in dict(door.parameters) else ("",)
        for kind in kinds:
            values = {**values_for(door, market), "kind": kind}
            for method in ("GET", "POST"):
                market.alba.client.raise_request_exception = False
                answer = getattr(market.alba.client, method.lower())(door.address(values))
                if answer.status_code == 200:
                    tables += 1
                    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                    live += [f"{door.address(values)}: {cell!r}" for cell in cells(body) if is_formula(cell)]
    assert tables >= 5
    assert live == []


def cells(body: bytes) -> Iterator[str]:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            for name in book.namelist():
                if name.startswith("xl/worksheets/") and b"<f>" in book.read(name):
                    yield "=a formula in a sheet"
        return
    text = body.decode("utf-8-sig")
    if text.startswith("{"):
        return  # JSON Lines: no spreadsheet opens it as cells
    for row in csv.reader(io.StringIO(text)):
        yield from row


def is_formula(cell: str) -> bool:
    """Would a spreadsheet calculate this? Plain numbers such as -1 are not formulas."""
    bare = cell.lstrip(" ")
    return bool(bare) and bare[0] in "=+-@\t\r＝＋－＠" and not re.fullmatch(r"[-+]?[0-9][0-9.,]*", bare)


def test_it_would_see_a_formula() -> None:
    assert [cell for cell in HOSTILE if is_formula(cell)] == [one for one in HOSTILE if not re.fullmatch(r"[-+]\d", one)]
