"""What comes back is understood: bounces of many programs, complaints, automatic answers, and people."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oportuno.people.messaging.rules.incoming import Kind, classify
from oportuno.people.messaging.testing import bounce_of
from oportuno.people.messaging.tests import came_in
from oportuno.people.messaging.tests.came_in_more import MORE
from oportuno.people.messaging.tests.came_in_replies import REPLIES

ANA = "ana@cliente.example"
CASES = Path(__file__).parents[5].parent / "shared" / "cases" / "bounces"


def rows(raw: bytes) -> list[tuple[str, bool, str]]:
    return [(row.recipient, row.hard, row.reason) for row in classify(raw).rows]


@pytest.mark.parametrize(
    "raw, expected",
    [
        (came_in.POSTFIX_UNKNOWN, (ANA, True, "userunknown")),
        (came_in.POSTFIX_LATE, (ANA, False, "expired")),
        (came_in.EXCHANGE_SPANISH, (ANA, True, "userunknown")),
        (came_in.GMAIL_FULL, ("ana@gmail.example", False, "mailboxfull")),
        (came_in.OUTLOOK_BLOCKS, ("ana@hotmail.example", False, "blocked")),
        (came_in.GMAIL_NEW, ("ana@gmail.example", True, "userunknown")),
        (came_in.EXIM, (ANA, True, "userunknown")),
        (came_in.EXIM_LATE, (ANA, False, "expired")),
        (came_in.SENDMAIL_OLD, (ANA, True, "hostunknown")),
        (came_in.DOMINO, (ANA, True, "userunknown")),
        (came_in.MDAEMON, (ANA, True, "userunknown")),
        (came_in.SPANISH_ISP, (ANA, True, "userunknown")),
        (came_in.PORTUGUESE, (ANA, False, "mailboxfull")),
        (came_in.GERMAN, (ANA, True, "userunknown")),
        (came_in.FRENCH, (ANA, True, "userunknown")),
        (came_in.ONLY_A_LOCAL_PART, ("ana.maria@cliente.example", True, "userunknown")),
    ],
)
def test_a_bounce_names_its_recipient_and_whether_he_exists(raw: bytes, expected: tuple[str, bool, str]) -> None:
    assert classify(raw).kind == Kind.BOUNCE
    assert rows(raw) == [expected]


@pytest.mark.parametrize("raw, kind, people", [pytest.param(*one, id=name) for name, *one in MORE])
def test_programs_and_services_of_the_world_are_understood(raw: bytes, kind: str, people: list[tuple[str, bool]]) -> None:
    found = classify(raw)
    assert (str(found.kind), sorted((row.recipient, row.hard) for row in found.rows)) == (kind, sorted(people))


def test_each_recipient_of_a_report_is_judged_by_himself() -> None:
    assert rows(came_in.TWO_OF_THREE) == [(ANA, True, "userunknown"), ("eva@cliente.example", False, "mailboxfull")]
    assert rows(came_in.NO_BLANK_LINES) == [(ANA, True, "hostunknown"), ("eva@otro.example", True, "userunknown")]
    assert rows(came_in.QMAIL) == [(ANA, True, "userunknown"), ("eva@otro.example", False, "mailboxfull")]


def test_what_is_only_late_is_said_to_be_late() -> None:
    assert all(row.delayed and not row.hard for raw in (came_in.POSTFIX_LATE, came_in.EXIM_LATE) for row in classify(raw).rows)


def test_news_of_success_is_no_bounce() -> None:
    found = classify(came_in.DELIVERED)
    assert (found.kind, [row.recipient for row in found.rows]) == (Kind.DELIVERED, [ANA])


def test_a_complaint_says_who_and_about_which_mail() -> None:
    found = classify(came_in.COMPLAINT)
    assert (found.kind, [(row.recipient, row.reason, row.hard) for row in found.rows]) == (Kind.COMPLAINT, [(ANA, "abuse", False)])
    assert found.message_id == "<0197-bb@mercado.example>"


@pytest.mark.parametrize(
    "raw",
    [
        came_in.AWAY_SPANISH,
        came_in.AWAY_PORTUGUESE,
        came_in.AWAY_GERMAN,
        came_in.AWAY_FRENCH,
        came_in.AWAY_ENGLISH,
        came_in.AWAY_BY_A_PHONE,
    ],
)
def test_absences_are_known_in_five_languages(raw: bytes) -> None:
    found = classify(raw)
    assert (found.kind, [(row.recipient, row.reason) for row in found.rows]) == (Kind.AUTOREPLY, [(ANA, "vacation")])


def test_a_robot_that_only_says_thanks_is_no_absence() -> None:
    assert [row.reason for row in classify(came_in.ECHO).rows] == ["reply"]


def test_a_person_is_a_person_and_is_read_without_the_quoted_mail() -> None:
    found = classify(came_in.PERSON)
    assert (found.kind, found.rows) == (Kind.NONE, ())
    assert found.reply == "Sí, quiero dos docenas.\nGracias,\nAna"
    assert classify(came_in.OUTLOOK_REPLY).reply == "Confirmado.\n\nSaludos,\nAna"
    letters = (came_in.PERSON_ON_FAILURE, came_in.ABOUT_A_PARCEL, came_in.BULLETIN)
    assert [classify(one).kind for one in letters] == [Kind.NONE] * 3


@pytest.mark.parametrize("body, own, kind", [pytest.param(*one, id=name) for name, *one in REPLIES])
def test_an_answer_is_read_as_its_writer_wrote_it(body: str, own: str, kind: str) -> None:
    raw = f"From: Ana <{ANA}>\nTo: alba@mercado.example\nSubject: Re: Rosas\nContent-Type: {kind}; charset=utf-8\n\n{body}\n"
    assert (classify(raw.encode()).kind, classify(raw.encode()).reply) == (Kind.NONE, own)


def test_whom_a_report_is_about_is_found_by_our_own_name_of_the_mail() -> None:
    assert classify(came_in.POSTFIX_UNKNOWN).message_id == "<0197-aa@mercado.example>"


def test_the_answer_is_json() -> None:
    told = json.loads(json.dumps(classify(came_in.POSTFIX_UNKNOWN).as_json()))
    assert told["kind"] == "bounce"
    assert told["rows"][0]["recipient"] == ANA
    assert (told["rows"][0]["hard"], told["rows"][0]["status"], told["rows"][0]["reason"]) == (True, "5.1.1", "userunknown")


@pytest.mark.skipif(not CASES.is_dir(), reason="the folder of real bounces is not beside this checkout")
def test_real_mails_are_classified_better_than_by_the_libraries() -> None:
    """At least what the best known library finds: precision 0.935, recall 0.872, hard or soft right in 85 %."""
    expected = json.loads((CASES / "expected.json").read_text())
    with tarfile.open(fileobj=io.BytesIO((CASES / "mails.tar.xz").read_bytes())) as box:
        raws = {one.name.removeprefix("./").removeprefix("mails/"): box.extractfile(one).read() for one in box if one.isfile()}
    told = {name: classify(raws[name]) for name in expected}
    assert [name for name in expected if told[name].kind != expected[name]["kind"]] == []
    wanted = {
        (name, row["recipient"].lower()): row.get("hard", row.get("hard_or_perm")) for name, one in expected.items() for row in one["rows"]
    }
    found = {(name, row.recipient.lower()): row.hard for name, one in told.items() for row in one.rows}
    both = wanted.keys() & found.keys()
    assert len(both) / len(found) > 0.97
    assert len(both) / len(wanted) > 0.97
    assert sum(wanted[one] == found[one] for one in both) / len(both) > 0.87


SNIPPETS = st.sampled_from(
    [value for name, value in vars(came_in).items() if isinstance(value, bytes)]
    + [
        b"\n\n",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
        b"=?utf-8?B?////?=",
        b"Final-Recipient: rfc822; \n",
        b"<",
        b"\x00\xff\xfe",
        b"--=-x\n",
        b">" * 50,
    ]
)


@given(
    st.lists(st.one_of(SNIPPETS, st.binary(max_size=300), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))), max_size=6),
    st.integers(0, 3000),
)
@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_comes_in_breaks_it(parts: list[bytes], cut: int) -> None:
    raw = b"".join(parts)
    for one in (raw, raw[:cut], raw[cut:]):
        found = classify(one)
        assert found.kind in set(Kind)
        assert all("@" in row.recipient for row in found.rows)
        told = json.dumps(found.as_json(), ensure_ascii=False)
        assert told.encode("utf-8")
        assert "\\u0000" not in told, "no database takes it"


def test_parts_within_parts_without_end_are_taken_with_patience() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    assert classify(deep).kind == Kind.NONE
    assert classify(b"Subject: failure notice\nFrom: MAILER-DAEMON@mx.example\n\n" + b"a@" * 200_000).kind in set(Kind)
    assert classify(b"Content-Type: text/html\n\n" + b"<style" * 100_000).kind == Kind.NONE


def test_it_reads_a_mail_on_standard_input_without_starting_the_market() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "oportuno.people.messaging.rules.incoming"]
    done = subprocess.run(command, input=bounce_of("ana@example.com", to="x@y.example"), capture_output=True, check=True)
    told = json.loads(done.stdout)
    assert (told["kind"], told["rows"][0]["recipient"], told["rows"][0]["hard"]) == ("bounce", "ana@example.com", True)
    assert b"django" not in done.stderr
