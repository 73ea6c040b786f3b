"""Addresses: they follow the title, move with what is below, and old ones lead on."""

from __future__ import annotations

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.models import Redirect
from oportuno.offer.sites.testing import open_site, write
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def base(actor: Actor) -> str:
    assert actor.organisation
    return f"/v/{actor.organisation.slug}/"


def own(actor: Actor) -> int:
    assert actor.organisation
    return actor.organisation.pk


def test_an_address_that_moved_leads_to_where_it_is_now(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    page = write(felix.member, "Nosotros", kind="page")
    team = write(felix.member, "Equipo", kind="page")
    with for_organisation(own(felix)):
        api.move_entry(entry=team.pk, slug="equipo", parent=page.pk, by=felix.member, at=now())
        api.move_entry(entry=page.pk, slug="quienes-somos", by=felix.member, at=now())
    assert stranger.get(f"{base(felix)}quienes-somos/equipo/").status_code == 200
    for old, new in (("nosotros", "quienes-somos"), ("nosotros/equipo", "quienes-somos/equipo"), ("equipo", "quienes-somos/equipo")):
        answer = stranger.get(f"{base(felix)}{old}/")
        assert (answer.status_code, answer.headers.get("Location")) == (301, f"{base(felix)}{new}/"), old


def test_an_old_address_that_is_taken_again_shows_what_is_there(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    first = write(felix.member, "Rosas", "Las primeras.")
    with for_organisation(own(felix)):
        api.move_entry(entry=first.pk, slug="rosas-de-antes", by=felix.member, at=now())
    write(felix.member, "Rosas", "Las segundas.")
    assert "Las segundas." in stranger.get(f"{base(felix)}blog/rosas/").content.decode()
    assert "Las primeras." in stranger.get(f"{base(felix)}blog/rosas-de-antes/").content.decode()


def test_a_draft_leaves_no_trace_at_its_old_address(felix: Actor) -> None:
    open_site(felix)
    draft = write(felix.member, "Secreto", published=False)
    with for_organisation(own(felix)):
        api.move_entry(entry=draft.pk, slug="otro", by=felix.member, at=now())
        assert not Redirect.objects.filter(organisation_id=own(felix)).exists()


def test_an_address_of_ours_and_one_that_is_taken_are_refused(felix: Actor) -> None:
    open_site(felix)
    write(felix.member, "Nosotros", kind="page")
    page = write(felix.member, "Equipo", kind="page")
    with for_organisation(own(felix)):
        with pytest.raises(Refusal, match="blog"):
            api.move_entry(entry=page.pk, slug="blog", by=felix.member, at=now())
        with pytest.raises(Conflict, match="nosotros"):
            api.move_entry(entry=page.pk, slug="nosotros", by=felix.member, at=now())
        with pytest.raises(Refusal, match="debajo de sí misma"):
            api.move_entry(entry=page.pk, slug="equipo", parent=page.pk, by=felix.member, at=now())
        assert api.entry_for(own(felix), page.pk).path == "equipo"


def test_who_comes_to_nothing_is_shown_what_is_near(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    write(felix.member, "Cómo cuidar una rosa")
    answer = stranger.get(f"{base(felix)}blog/como-cuidar-las-rosas/")
    assert answer.status_code == 404
    assert "Cómo cuidar una rosa" in answer.content.decode()
    assert "noindex" in answer.content.decode()


def test_the_path_of_another_organisation_leads_nowhere(felix: Actor, eva: Actor, stranger: Client) -> None:
    open_site(felix)
    open_site(eva)
    write(felix.member, "De Félix")
    assert stranger.get(f"{base(eva)}blog/de-felix/").status_code == 404
