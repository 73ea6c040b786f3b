"""A site that nobody else sees yet is shown to its people as it will be."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.queries.previews import preview_address, previewed
from oportuno.offer.sites.queries.themes.sample import PAGES
from oportuno.offer.sites.queries.themes.shipped import shipped
from oportuno.offer.sites.queries.themes.trying import PREFIX, Trial, trial_of
from oportuno.offer.sites.testing import open_site, write
from oportuno.offer.sites.tests.asking import open_form
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:."


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


def tampered(token: str, others: str, chance: random.Random) -> str:
    """One letter changed, left out, put in or doubled; two parts exchanged with another good link; or cut short."""
    at = chance.randrange(len(token))
    parts, theirs = token.split(":"), others.split(":")
    which = chance.randrange(len(parts))
    return chance.choice(
        [
            token[:at] + chance.choice(LETTERS) + token[at + 1 :],
            token[:at] + token[at + 1 :],
            token[:at] + chance.choice(LETTERS) + token[at:],
            token[:at],
            token + token[at:],
            ":".join([*parts[:which], theirs[which], *parts[which + 1 :]]),
        ]
    )


def test_two_thousand_links_that_were_tampered_with_show_nothing(felix: Actor, eva: Actor, stranger: Client) -> None:
    """Threat T12: what a link shows is sealed with it; pieces of good links make no other good one."""
    for actor in (felix, eva):
        open_site(actor)
    mine, hers = (write(one.member, "Todavía no", "Palabras secretas.", published=False) for one in (felix, eva))
    assert felix.organisation
    at = now()
    previews = [preview_address(one, at=at).removeprefix("/previo/").rstrip("/") for one in (mine, hers)]
    trials = [Trial(felix.organisation.pk, theme, {}).token(at=at) for theme in ("revista", "cuaderno")]
    chance, tried = random.Random(12), 0
    reads: list[tuple[list[str], Callable[..., object], str]] = [(previews, previewed, "/previo/"), (trials, trial_of, PREFIX)]
    for (good, other), read, prefix in reads:
        read(good, at=at)
        for number in range(1_200):
            bad = tampered(good, other, chance)
            if bad in (good, other):
                continue
            tried += 1
            with pytest.raises(NotFound):
                read(bad, at=at)
            if number % 50 == 0:
                answer = stranger.get(f"{prefix}{bad}/")
                assert answer.status_code in (404, 400), bad
                assert "secretas" not in answer.content.decode()
    assert tried >= 2_000
