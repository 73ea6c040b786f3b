"""Every kind of job: whoever lost the lease changes nothing, and a job that runs twice has one effect (T02, T34)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import JOBS, Lease, LeaseLost, defer
from oportuno.people.messaging.testing import Catcher, catcher
from tests.safety.market import Market, build, first
from tests.safety.rows import Rows, rows

__all__ = ["catcher"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Ids = Callable[[Market], dict[str, Any]]


def of(table: str, name: str) -> Ids:
    return lambda market: {name: str(first(table, "organisation_id = %s", market.organisation))}


EXAMPLES: dict[str, Ids] = {
    "audience.import": of("contact_import", "run"),
    "audience.retype_field": of("contact_field", "field"),
    "campaigns.walk": of("campaign", "campaign"),
    "campaigns.ask_links": of("campaign", "campaign"),
    "catalogue.import": of("import_run", "run"),
    "catalogue.feed_import": lambda market: {**of("import_run", "run")(market), "first": 1, "last": 10},
    "media.begin_channel": of("media_channel", "channel"),
    "media.look_behind": of("media_find", "find"),
    "mail.take": of("mailbox", "mailbox"),
    "messaging.deliver": of("message", "message"),
    "messaging.post": of("mail_frame", "frame"),
    "messaging.text_many": of("mail_frame", "frame"),
    "messaging.text": lambda market: {"message": str(first("message", "organisation_id = %s AND channel = 'sms'", market.organisation))},
    "sites.tell_of_comment": of("site_comment", "comment"),
    "sites.tell_of_replies": lambda market: {"comments": [str(first("site_comment", "organisation_id = %s", market.organisation))]},
    "sites.tell_of_topics": lambda market: {"topics": [str(first("site_topic", "organisation_id = %s", market.organisation))]},
    "sites.tell_of_answer": of("site_form_answer", "answer"),
    "segments.build": of("segment", "segment"),
    "wordpress.bring": of("wordpress_run", "run"),
    "knowledge.tell_of_turn": lambda market: {
        "turn": str(first("knowledge_turn", "organisation_id = %s", market.organisation)),
        "to": market.organisation,
    },
    "glossary.tell_proposer": lambda market: {**of("glossary_proposal", "proposal")(market), "state": "declined"},
    "ebooks.make": lambda market: {"edition": str(first("ebook_edition", "state = 'waiting'"))},
    "guides.tell_makers": lambda market: {**of("guide_version", "version")(market), "verdict": "declined", "reason": "Nombra a otros."},
    "guides.print_dossier": lambda market: {"dossier": str(first("guide_dossier"))},
    "experts.tell_asker": lambda market: {"question": str(first("public_question")), "mail": "shown"},
    "experts.tell_field": lambda market: {"question": str(first("public_question"))},
    "experts.tell_of_answer": of("expert_answer", "answer"),
    "experts.tell_seller": lambda market: {**of("expert_answer", "identity")(market), "what": "answer"},
    "audience.tell_team": of("question", "question"),
    "audience.remind_team": of("question", "question"),
    "audience.watch_promise": of("question", "question"),
}
"""Job → its ids, of Alba's. Jobs that need none are found by themselves."""
OUTSIDE = ("tests.",)
MOMENTS = ("_at", "at", "until", "digest")
HOW_FAR = {"search_measure.learned", "saved_search.seen", "mailbox.failures"}
"""What a job notes of how far it looked; it moves whether there was something or not."""


@dataclass(frozen=True)
class Work:
    """A job that is taken by a worker, and not finished."""

    lease: Lease
    ids: dict[str, Any]

    def run(self) -> None:
        JOBS[self.lease.name].run(self.lease, **self.ids)


def work(name: str, market: Market) -> Work:
    kind, example = JOBS[name], EXAMPLES.get(name)
    ids = example(market) if example else {}
    organisation = market.organisation if kind.scope == "organisation" else None
    with for_market("a test"), connection.cursor() as cursor:
        number = defer(name, organisation=organisation, **ids)
        assert number
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
    return Work(Lease(number, 0, organisation, name), ids)


def kinds() -> list[str]:
    return sorted(name for name in JOBS if not name.startswith(OUTSIDE))


def difference(before: Rows, after: Rows) -> list[str]:
    """What differs, but for moments and marks: a second run may note when it looked, and how far."""
    told = []
    for table, now_there in after.items():
        told += [f"{table} -" for key in before[table] if key not in now_there]
        for key, row in now_there.items():
            was = before[table].get(key)
            told += [f"{table} +"] if was is None else [f"{table}.{n}" for n, v in row.items() if was[n] != v and not n.endswith(MOMENTS)]
    return sorted(set(told) - HOW_FAR)


def test_it_changes_nothing_without_its_lease_whatever_the_job(catcher: Catcher) -> None:
    market, wrong = build(), []
    for name in kinds():
        taken = work(name, market)
        with connection.cursor() as cursor:  # meanwhile the reaper gave it to another worker
            cursor.execute("UPDATE procrastinate_jobs SET attempts = attempts + 1 WHERE id = %s", [taken.lease.job])
        before = rows()
        try:
            taken.run()
        except LeaseLost:
            pass
        else:
            wrong.append(f"{name}: ran to its end")
        wrong += [f"{name}: {what}" for what in difference(before, rows())]
    assert not wrong, "\n".join(wrong)
    assert catcher.mails() == []


def test_it_changes_nothing_more_when_a_job_comes_twice(catcher: Catcher) -> None:
    market, wrong = build(), []
    for name in kinds():
        work(name, market).run()
        before, sent = rows(), len(catcher.mails())
        work(name, market).run()
        wrong += [f"{name}: {what}" for what in difference(before, rows())]
        if len(catcher.mails()) != sent:
            wrong.append(f"{name}: sends again")
    assert not wrong, "\n".join(wrong)
    assert catcher.mails()


def test_it_would_see_a_job_that_writes_outside_of_its_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    market = build()
    before = rows()
    with for_market("a careless job"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_demand (text, shown, language, place, times, unmet, results, askers, recent, first_at, last_at)"
                       " VALUES ('x', 'x', 'es', '', 1, 1, 0, 1, 1, %s, %s)", [now(), now()])  # fmt: skip
    assert difference(before, rows()) == ["search_demand +"]
    assert market.organisation
