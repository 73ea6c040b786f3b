"""Experts of the demo: shown by the operator, asked by the public, answering side by side."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.doors.commandline.seeding.paper import paper
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.demo.knowing import DemoAsked, DemoExpert, DemoReason, DemoSolution, knowing
from oportuno.offer.experts import api as experts
from oportuno.offer.media import api as media
from oportuno.offer.sites import api as sites
from oportuno.people.audience.api import Circumstances, addresses
from oportuno.people.organisations.api import Member

A_YEAR = timedelta(days=300)
HOUR = timedelta(hours=1)


@transaction.atomic
def know(pack: Pack, cast: Cast, at: datetime) -> None:
    """All of the pack's: experts first, then what is asked of them."""
    file = knowing(pack)
    known = {one.key: _introduce(one, cast, at) for one in file.experts}
    owners = {one.key: cast.owners[one.organisation] for one in file.experts}
    for question in sorted(file.questions, key=lambda one: -one.days_ago):
        _ask(question, known, owners, cast.operator, at)


def _introduce(one: DemoExpert, cast: Cast, at: datetime) -> UUID:
    by, market, then = cast.owners[one.organisation], cast.operator, at - A_YEAR
    with for_organisation(by.organisation.pk):
        author = sites.own_author(by=by, at=then) if one.author else None
        if author:
            sites.change_author(author=author.pk, name=one.name, role=one.role.es, bio=one.bio.es, by=by, at=then)
        profile = experts.Profile(
            one.name, one.role.es, one.role.en, one.bio.es, one.bio.en, fields=one.fields, author=author.pk if author else None
        )
        made = experts.make_expert(profile=profile, by=by, at=then)
        experts.hand_in_expert(expert=made.pk, by=by, at=then)
        points = [_declare(made.pk, reason, by, at) for reason in one.points]
    with for_organisation(market.organisation.pk):
        experts.decide_expert(expert=made.pk, state="approved", note="", by=market, at=then + HOUR)
        for point in points:
            experts.decide_point(point=point, approve=True, reason="", by=market, at=at)
    return made.pk


def _declare(expert: UUID, reason: DemoReason, by: Member, at: datetime) -> UUID:
    """With a paper of ours as its source: nobody of the demo stands anywhere else."""
    on = (at - timedelta(days=reason.days_ago)).date()
    item = media.keep_item(file=io.BytesIO(paper(reason.title, reason.issuer)), name=f"{reason.title}.pdf", by=by.id, at=at)
    claim = experts.Claim(reason.kind, reason.title, reason.issuer, on, document=item.pk)
    return experts.declare_point(expert=expert, claim=claim, by=by, at=at).pk


def _ask(one: DemoAsked, known: dict[str, UUID], owners: dict[str, Member], market: Member, at: datetime) -> None:
    asked, email = at - timedelta(days=one.days_ago), addresses.email(one.email)
    assert email
    how = Circumstances("public question form", "en" if one.language == "en" else "es-co")
    with for_organisation(market.organisation.pk):
        asking = experts.Asking(one.title, one.details, one.field, one.name)
        question = experts.ask_experts(
            organisation=market.organisation, asking=asking, email=email, circumstances=how, proven=True, at=asked - HOUR
        )
        if one.waits:
            return
        experts.show_question(question=question.pk, by=market, at=asked)
    answers = {solution.expert: _answer(solution, question.pk, known, owners, market, at) for solution in one.answers}
    if one.solved_by:
        with for_organisation(market.organisation.pk):
            asker = experts.question_for(market.organisation.pk, question.pk).asker
            assert asker
            solved = asked + timedelta(days=3)
            experts.solve_question(question=question.pk, answer=answers[one.solved_by], contact=asker.contact_id, at=solved)


def _answer(one: DemoSolution, question: UUID, known: dict[str, UUID], owners: dict[str, Member], market: Member, at: datetime) -> UUID:
    by, then = owners[one.expert], at - timedelta(days=one.days_ago)
    with for_organisation(by.organisation.pk):
        made = experts.begin_answer(question=question, expert=known[one.expert], by=by, at=then - HOUR)
        experts.hand_in_answer(answer=made.pk, content=sites.outlined(one.text), by=by, at=then - HOUR)
    if by.organisation.pk != market.organisation.pk:  # the market's own are read as soon as they are handed in
        with for_organisation(market.organisation.pk):
            experts.approve_answer(answer=made.pk, by=market, at=then)
    for number in range(one.yes + one.no):
        voter = hashlib.sha256(f"{made.pk} {number}".encode()).hexdigest()
        experts.vote_answer(answer=made.pk, useful=number < one.yes, voter=voter, at=then + (number + 1) * HOUR)
    return made.pk
