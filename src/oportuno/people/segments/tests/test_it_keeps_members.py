"""Who is in a segment follows what it says and what happens."""

from __future__ import annotations

from typing import Any

import pytest

from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.testing import make_contact
from oportuno.people.segments import api
from oportuno.people.segments.testing import make_segment

pytestmark = pytest.mark.django_db


def test_it_finds_who_lives_in_a_city_however_it_is_written(alba: Any, gala: Any) -> None:
    here = [make_contact(alba.organisation, f"c{n}@example.com", place=place) for n, place in enumerate(("Bogotá", "bogota ", "BOGOTÁ"))]
    make_contact(alba.organisation, "lejos@example.com", place="Cali")
    make_contact(gala.organisation, "suya@example.com", place="Bogotá")
    segment = make_segment(alba, {"what": "place", "op": "is", "value": ["Bogota"]})
    with for_organisation(alba.organisation.pk):
        assert sorted(one.pk for one in here) == api.contacts_in(segment.pk)
        assert api.contacts_in(segment.pk, after=sorted(one.pk for one in here)[0], size=1) == [sorted(one.pk for one in here)[1]]
        assert api.count_in(segment.pk) == 3
        assert segment.is_ready
        assert all(api.holds(segment.pk, api.profile_of(one)) for one in here)
    with for_organisation(gala.organisation.pk):
        assert api.contacts_in(segment.pk) == []
