"""Readers say whether a post helped; the share is told when enough have."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.sites import api
from oportuno.offer.sites.models import Entry, Tally, UsefulVote
from oportuno.offer.sites.queries.votes import least_useful
from oportuno.offer.sites.testing import open_site, write
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def own(actor: Actor) -> int:
    assert actor.organisation
    return int(actor.organisation.pk)


def vote(reader: Client, actor: Actor, post: Entry, said: str, *, agent: str = "one", network: str = "203.0.113.7", **more: Any) -> Any:
    assert actor.organisation
    address = f"/v/{actor.organisation.slug}/blog/utilidad/{post.pk}/"
    data = {"util": said} if said else more
    return reader.post(address, data, HTTP_ORIGIN="http://testserver", HTTP_USER_AGENT=agent, REMOTE_ADDR=network)


def tally(actor: Actor, post: Entry) -> tuple[int, int]:
    with for_organisation(own(actor)):
        found = Tally.objects.filter(entry=post).first()
    return (found.yes, found.no) if found else (0, 0)


@pytest.fixture
def post(felix: Actor) -> Entry:
    open_site(felix)
    return write(felix.member, "Rosas en invierno", "Tápalas.")


def test_each_reader_counts_once_and_may_change_her_mind(felix: Actor, post: Entry, stranger: Client) -> None:
    assert vote(stranger, felix, post, "si").status_code == 302
    vote(stranger, felix, post, "si")
    assert tally(felix, post) == (1, 0)
    vote(stranger, felix, post, "no")
    assert tally(felix, post) == (0, 1)
    vote(stranger, felix, post, "si", agent="another browser")
    vote(stranger, felix, post, "si", network="203.0.113.8")
    assert tally(felix, post) == (2, 1)


def test_the_share_is_told_from_five_votes_on(felix: Actor, post: Entry, stranger: Client) -> None:
    assert felix.organisation
    address = f"/v/{felix.organisation.slug}/{post.path}/"
    for n in range(4):
        vote(stranger, felix, post, "si", agent=f"browser {n}")
    assert "useful-share" not in stranger.get(address).content.decode()
    vote(stranger, felix, post, "no", agent="the fifth")
    page = stranger.get(address).content.decode()
    assert "useful-share" in page
    assert "80" in page.partition("useful-share")[2][:60]


def test_what_was_missing_stands_beside_the_vote_and_only_the_team_reads_it(felix: Actor, post: Entry, stranger: Client) -> None:
    refused = vote(stranger, felix, post, "", falta="<b>El riego</b>")
    assert refused.status_code == 404, "who has not voted has nothing to add"
    answer = vote(stranger, felix, post, "no")
    assert 'name="falta"' in stranger.get(answer.headers["Location"].partition("#")[0]).content.decode()
    vote(stranger, felix, post, "", falta="<b>El riego</b>")
    with for_organisation(own(felix)):
        assert list(UsefulVote.objects.values_list("useful", "missing")) == [(False, "<b>El riego</b>")]
    with for_public():
        assert not UsefulVote.objects.exists()
    page = felix.get(f"{felix.desk()}sitio/utilidad/").content.decode()
    assert "&lt;b&gt;El riego&lt;/b&gt;" in page


def test_the_team_sees_first_what_helped_least(felix: Actor, post: Entry, stranger: Client) -> None:
    good = write(felix.member, "Buena")
    new = write(felix.member, "Nueva")
    for n in range(6):
        vote(stranger, felix, post, "si" if n < 2 else "no", agent=f"browser {n}")
        vote(stranger, felix, good, "si", agent=f"browser {n}")
    vote(stranger, felix, new, "no")
    with for_organisation(own(felix)):
        assert [(one.entry.pk, one.share) for one in least_useful(own(felix))] == [(post.pk, 2 / 6), (good.pk, 1.0), (new.pk, None)]


def test_a_post_that_nobody_sees_takes_no_votes(felix: Actor, post: Entry, stranger: Client) -> None:
    vote(stranger, felix, post, "si")
    with for_organisation(own(felix)):
        api.close_site(by=felix.member, at=post.changed_at)
    assert vote(stranger, felix, post, "si", agent="two").status_code == 404
    with for_public():
        assert not Tally.objects.filter(entry=post).exists()
    assert tally(felix, post) == (1, 0)


def test_one_network_cannot_vote_for_a_crowd(felix: Actor, post: Entry, stranger: Client) -> None:
    answers = [vote(stranger, felix, post, "si", agent=f"browser {n}").status_code for n in range(25)]
    assert answers.count(429) == 5
    assert tally(felix, post) == (20, 0)
