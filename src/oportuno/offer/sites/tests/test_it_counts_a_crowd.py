"""Many readers and several of the team at once: everything is counted once."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.testing.together import together
from oportuno.offer.sites.api import voices
from oportuno.offer.sites.models import Comment, Tally, Topic
from oportuno.offer.sites.testing import open_site, write
from oportuno.people.organisations.testing import Actor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CROWD = 8


def own(actor: Actor) -> int:
    assert actor.organisation
    return int(actor.organisation.pk)


def test_votes_of_a_crowd_are_all_counted_and_one_reader_who_presses_often_once(felix: Actor) -> None:
    open_site(felix)
    post = write(felix.member, "Rosas")

    def vote(number: int) -> None:
        voter = f"{number % (CROWD // 2):064}"  # each reader presses twice
        with for_organisation(own(felix)):
            voices.vote_useful(organisation=own(felix), entry=post.pk, useful=True, voter=voter, at=now())

    together(partial(vote, number) for number in range(CROWD))
    with for_organisation(own(felix)):
        assert list(Tally.objects.values_list("yes", "no")) == [(CROWD // 2, 0)]


def test_comments_approved_at_once_are_all_counted(felix: Actor) -> None:
    open_site(felix)
    post = write(felix.member, "Rosas")
    with for_organisation(own(felix)):
        rows = [Comment(entry=post, name="Ana", text=f"Número {n}", at=now()) for n in range(CROWD)]
        Comment.objects.bulk_create(rows)

    def approve(comment: UUID) -> None:
        with for_organisation(own(felix)):
            voices.decide_comments(comments=[comment], state="approved", by=felix.member, at=now())

    together(partial(approve, one.pk) for one in rows)
    with for_organisation(own(felix)):
        assert list(Tally.objects.values_list("comments", flat=True)) == [CROWD]


def test_a_topic_that_a_crowd_asks_for_is_one(felix: Actor) -> None:
    open_site(felix)

    def note(number: int) -> None:
        with for_organisation(own(felix)):
            voices.note_topic(title="Rosas en macetas" if number % 2 else "ROSAS en  macetas", by=felix.member, at=now())

    together(partial(note, number) for number in range(CROWD))
    with for_organisation(own(felix)):
        assert Topic.objects.count() == 1
