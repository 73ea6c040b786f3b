"""The next best step: a promise first, then what grows cold, then what one does not know."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from oportuno.kernel.clock import now
from oportuno.people.audience.rules.next_step import Relation, next_step
from oportuno.people.audience.testing import asked
from oportuno.people.organisations.testing import Actor

AT = now()
KNOWN = {"stage": "prospect", "last_seen": AT, "has_email": True, "has_name": True, "has_notes": True, "agreed": True, "withdrew": False}


@pytest.mark.parametrize(
    ("what", "step"),
    [
        ({}, None),
        ({"promised": AT + timedelta(hours=1)}, "answer"),
        ({"promised": AT - timedelta(hours=1), "stage": "opportunity", "last_seen": AT - timedelta(days=30)}, "answer_late"),
        ({"stage": "opportunity", "last_seen": AT - timedelta(days=14)}, "take_up"),
        ({"stage": "opportunity", "last_seen": AT - timedelta(days=13)}, None),
        ({"stage": "customer", "last_seen": AT - timedelta(days=90)}, "ask_how_it_went"),
        ({"has_notes": False}, "note_the_need"),
        ({"agreed": False}, "ask_consent"),
        ({"agreed": False, "withdrew": True}, None),  # who said no is not asked again
        ({"agreed": False, "has_email": False}, None),
        ({"stage": "contact", "agreed": False, "has_name": False}, "learn_name"),
    ],
)
def test_it_says_what_to_do_next(what: dict[str, Any], step: str | None) -> None:
    found = next_step(Relation(**{**KNOWN, **what}), AT)
    assert (found.step if found else None) == step


@pytest.mark.django_db
def test_the_contacts_page_says_it_with_its_reason(alba: Actor, open_sellers: None) -> None:
    question = asked(alba)
    shown = alba.get(alba.desk(f"contactos/{question.contact_id}/")).content.decode()
    assert "Responder la pregunta" in shown
    assert "hay una respuesta prometida" in shown
