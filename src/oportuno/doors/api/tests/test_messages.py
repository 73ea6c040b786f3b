"""Messages of an organisation, over the API."""

from __future__ import annotations

from typing import Any

import pytest

from oportuno.kernel.clock import now
from oportuno.people.messaging.api import send
from oportuno.people.messaging.testing import letter_from

pytestmark = pytest.mark.django_db


def test_it_writes_a_text_once_and_tells_what_became_of_it(alba: Any, program: Any) -> None:
    key = program(alba, "contacts:read", "contacts:write")
    wrote = key.ask("POST", "messages/texts", {"to": "300 123 4567", "text": "Tu pedido sale hoy."})
    assert wrote.status_code == 201, wrote.content
    assert (wrote.json()["to"], wrote.json()["state"], wrote.json()["parts"]) == ("+573001234567", "queued", 1)
    assert key.ask("POST", "messages/texts", {"to": "+15005550006", "text": "x"}).status_code == 422
    key.ask("POST", "messages/texts", {"to": "+573001234568", "text": "Otro"})
    first = key.get("messages?limit=1")
    second = key.get(f"messages?limit=1&after={first['next']}")
    assert [page["messages"][0]["to"] for page in (first, second)] == ["+573001234568", "+573001234567"]
    assert second["next"] is None
    assert "text" not in first["messages"][0]
    assert key.get("messages?state=sent") == {"messages": [], "next": None}
    assert key.ask("GET", "messages?after=x").status_code == 422


def test_it_lists_what_came_back_of_its_own_mail_alone(alba: Any, gala: Any, program: Any) -> None:
    send(
        template="audience/mail/confirm_bulletin.txt", to="ana@example.com", organisation=alba.organisation.pk, key="k", language="es-co",
        context={"organisation": "Alba", "link": "http://localhost:8000/x"}, at=now(),
    )  # fmt: skip
    letter_from("Ana", organisation=alba.organisation.pk)
    (one,) = program(alba, "contacts:read").get("messages/incoming")["incoming"]
    assert (one["kind"], one["reply"], one["effect"]) == ("none", "Ana", "shown")
    assert program(gala, "contacts:read").get("messages/incoming") == {"incoming": [], "next": None}
    assert program(alba, "catalogue:read").ask("GET", "messages").status_code == 403
