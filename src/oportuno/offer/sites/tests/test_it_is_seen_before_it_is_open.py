"""A site that nobody else sees yet is shown to its people as it will be."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.queries.themes.sample import PAGES
from oportuno.offer.sites.queries.themes.shipped import shipped
from oportuno.offer.sites.queries.themes.trying import Trial
from oportuno.offer.sites.testing import write
from oportuno.offer.sites.tests.asking import open_form
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_page_of_the_sample_stands_in_every_theme(page: str, language: str, stranger: Client) -> None:
    for theme in shipped():
        answer = stranger.get(Trial(0, theme, {}, language).address(at=now(), page=page))
        assert answer.status_code in (200, 404), (theme, page)  # one of them is the page of what is not there
        assert sheets(answer.content.decode()), (theme, page)


def sheets(page: str) -> list[str]:
    return re.findall(r'href="([^"]*tema\.[^"]+\.css)"', page)


def test_what_is_looked_at_before_wears_its_theme(felix: Actor, stranger: Client) -> None:
    assert felix.organisation
    with for_organisation(felix.organisation.pk):
        api.begin_site(title="Félix", language="es", template="", open_now=False, by=felix.member, at=now())
    write(felix.member, "Nosotros", kind="page", published=False)
    form = open_form(felix)
    shown = felix.get(felix.desk(f"sitio/formularios/{form.pk}/vista/"))
    assert shown.status_code == 200
    found = sheets(shown.content.decode())
    assert found
    for address in found:
        answer = felix.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/css; charset=utf-8"), address
    assert stranger.get(f"/v/{felix.organisation.slug}/sitio/").status_code == 404
