"""The demo's first seller asks its contacts more, and knows a company."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from oportuno.doors.commandline.seeding import relations
from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api as audience
from oportuno.people.audience.testing import make_contact
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def test_it_fills_own_fields_and_a_company(alba: Actor) -> None:
    me = alba.member
    met = {f"c{n}": make_contact(me.organisation, f"c{n}@example.com", f"Contacto {n}").pk for n in range(8)}
    demo = SimpleNamespace(contacts=[SimpleNamespace(key=key, seller=me.organisation.slug) for key in met])
    relations._ask_more(cast(Any, demo), met, Cast(people={"alba": alba.person}, owners={"flores": me}), now())
    with for_organisation(me.organisation.pk):
        held = [audience.contact_for(me, one) for one in met.values()]
        assert [one.kind for one in audience.fields_of(me.organisation.pk)] == ["date", "choice", "number"]
        assert [one.reasons for one in audience.duplicates_of(me).pairs] == [["name"]]
    assert any(one.fields for one in held)
    assert [one.company_name for one in held if one.company_id] == ["Hotel Central", "Hotel Central"]
