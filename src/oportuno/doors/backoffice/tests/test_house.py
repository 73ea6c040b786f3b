"""The workbench's own pages."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

import oportuno
from oportuno.doors.backoffice.words import DEEDS
from oportuno.kernel.audit import audit, chain_breaks
from oportuno.kernel.clock import now
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import Lease, defer, job
from oportuno.people.audience.facts import PageViewed
from oportuno.people.organisations.testing import Actor


@job("tests.fails")
def fails(lease: Lease, *, word: str) -> None:
    """A kind of work for dead letters to be of."""


def text(answer: object) -> str:
    return answer.content.decode()


def dead_letter() -> int:
    with for_market("a test"):
        number = defer("tests.fails", organisation=1, word="a")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [number])
    assert number
    return number


def state_of(number: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [number])
        return str(cursor.fetchone()[0])


def test_it_leads_alba_to_her_own_workbench(alba: Actor) -> None:
    assert alba.get("/desk/").headers["Location"] == alba.desk()
    assert "Alba" in text(alba.get(alba.desk()))


def test_it_asks_a_stranger_to_sign_in_and_tells_gala_that_nothing_is_there(alba: Actor, gala: Actor, stranger: Client) -> None:
    assert stranger.get(alba.desk()).status_code == 302
    assert gala.get(alba.desk()).status_code == 404


def test_it_says_what_happened_since_yesterday_in_words(dario: Actor) -> None:
    assert "Personas que se unieron" in text(dario.get(dario.desk()))


def test_it_shows_beto_only_the_pages_that_his_role_may_open(alba: Actor, beto: Actor) -> None:
    assert alba.desk("auditoria/") in text(alba.get(alba.desk()))
    assert beto.desk("auditoria/") not in text(beto.get(beto.desk()))
    assert beto.get(beto.desk("auditoria/")).status_code == 403


def test_it_lets_the_operator_set_a_dead_letter_going_again(dario: Actor) -> None:
    letter = dead_letter()
    assert str(letter) in text(dario.get(dario.desk("trabajos/")))
    assert dario.post(dario.desk(f"trabajos/{letter}/repeticion/")).status_code == 302
    assert state_of(letter) == "todo"
    assert dario.post(dario.desk(f"trabajos/{letter}/repeticion/")).status_code == 404
    assert "Reanudó un trabajo" in text(dario.get(dario.desk("auditoria/")))


def test_it_hides_the_markets_jobs_from_sellers(alba: Actor, dario: Actor) -> None:
    letter = dead_letter()
    assert alba.get(alba.desk("trabajos/")).status_code == 404
    assert alba.post(alba.desk(f"trabajos/{letter}/repeticion/")).status_code == 404
    assert alba.post(dario.desk(f"trabajos/{letter}/repeticion/")).status_code == 404
    assert state_of(letter) == "failed"


def test_it_finds_a_tampered_entry_of_the_audit(alba: Actor) -> None:
    assert alba.organisation
    with for_organisation(alba.organisation.pk):
        for action in ("one", "two", "three"):
            audit(action, at=now(), by=alba.person.pk)
        assert chain_breaks(alba.organisation.pk) == []


@pytest.mark.django_db(transaction=True)
def test_it_keeps_the_audit_from_being_changed_by_the_application() -> None:
    with for_organisation(1):
        audit("one", at=now(), by=None)
    with pytest.raises(Exception, match="permission denied"), for_organisation(1), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET action = 'nothing'")


def test_it_shows_a_year_by_month_and_the_way_to_the_rows(alba: Actor) -> None:
    assert alba.organisation
    months_ago = now() - timedelta(days=100)
    with for_organisation(alba.organisation.pk):
        for _ in range(3):
            record(PageViewed(path="/", visitor=new_id(), at=months_ago))
    page = text(alba.get(alba.desk()))
    assert "Visitas por mes" in page
    assert f'href="{alba.desk("preguntas/")}"' in page


def test_it_names_every_deed_that_the_audit_keeps() -> None:
    """What stands in the audit is read by people: each deed of the code has its words."""
    sources = list(Path(str(oportuno.__file__)).parent.rglob("*.py"))
    deeds = {deed for file in sources if "tests" not in file.parts for deed in re.findall(r'\baudit\(\s*"([^"]+)"', file.read_text())}
    assert deeds - {"one"} <= DEEDS.keys()
    decided = {
        kind
        for file in sources
        if "tests" not in file.parts
        for kind in re.findall(r'(?:audit|_audited)\(\s*f"(\w+)\.\{', file.read_text())
    }
    assert decided <= {deed.partition(".")[0] for deed in DEEDS}, "decisions whose end is only known when they are made"
