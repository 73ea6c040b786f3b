"""Two reviewers press at the same moment."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from oportuno.kernel.errors import Conflict
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.packs import Pack
from oportuno.kernel.testing.together import together
from oportuno.offer.directory import api
from oportuno.offer.directory.models import Decision
from oportuno.offer.directory.testing import fill_in
from oportuno.people.organisations.api import Member, Role, join
from oportuno.people.organisations.testing import Actor, make_person

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_it_keeps_one_decision_of_two_taken_at_once(alba: Actor, dario: Actor, market: Pack) -> None:
    fill_in(alba.member, AT)
    with for_organisation(alba.member.organisation.pk):
        application = api.submit_application(by=alba.member, at=AT)
    nora = make_person("Nora")
    join(organisation=dario.member.organisation, person=nora, role=Role.AGENT, at=AT)
    reviewers = [dario.member, Actor(nora, dario.organisation).member]

    def press(by: Member, verdict: api.Verdict) -> str:
        try:
            api.decide(application=application.pk, requirement="rut_co", verdict=verdict, reason="Lo leí.", seen=0, by=by, at=AT)
        except Conflict:
            return "conflict"
        return "decided"

    verdicts = (api.Verdict.APPROVE, api.Verdict.REJECT)
    told = together(partial(press, *pair) for pair in zip(reviewers, verdicts, strict=True))
    assert sorted(told) == ["conflict", "decided"]
    with for_market("test"):
        assert Decision.objects.count() == 1
