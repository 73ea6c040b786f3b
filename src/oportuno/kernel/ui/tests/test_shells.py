"""The shells, the refusals and the living page itself."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.ui import views
from oportuno.kernel.ui.pages import refuse
from oportuno.kernel.ui.sample import shells

SHELLS = ["ui/market.html", "ui/desk.html", "ui/centred.html", "400.html", "403.html", "403_csrf.html", "404.html"]


@pytest.mark.parametrize("template", SHELLS)
def test_a_shell_stands_alone_when_nobody_fills_it(request_of, template):
    html = render_to_string(template, {"title": "Title"}, request=request_of())
    assert '<html lang="en"' in html
    assert 'class="skip"' in html
    assert 'id="content"' in html


@pytest.mark.parametrize("template", ["500.html", "503.html"])
def test_the_last_pages_need_nothing_at_all(template):
    assert "<h1>" in render_to_string(template)


def test_the_same_page_is_a_press_away_in_each_language(request_of):
    html = render_to_string("ui/market.html", {}, request=request_of("/en/ui/?q=rosa"))
    assert 'href="/ui/?q=rosa"' in html
    assert 'href="/es-mx/ui/?q=rosa"' in html
    assert 'hreflang="x-default"' in html


def test_the_chosen_theme_is_there_before_the_first_paint(request_of):
    assert 'data-theme="dark"' in render_to_string("ui/market.html", {}, request=request_of(theme="dark"))


def test_a_theme_we_do_not_know_is_no_theme(request_of):
    assert "data-theme" not in render_to_string("ui/market.html", {}, request=request_of(theme='"><script>')).split("<body")[0]


def test_the_desk_shows_where_one_is_and_what_waits(request_of, settings):
    html = render_to_string("ui/desk.html", shells(), request=request_of())
    assert html.count('aria-current="page"') == 2  # at the side, and at the bottom of a phone
    assert "Finca La Aurora" in html
    assert 'content="noindex, nofollow"' in html


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refusal("No flowers left"), 422),
        (NotFound("No flowers left"), 404),
        (Conflict("No flowers left", kept="Your basket is kept."), 409),
    ],
)
def test_a_refusal_says_what_happened_and_what_was_kept(request_of, refusal, status):
    response = refuse(request_of(), refusal)
    html = response.content.decode()
    assert response.status_code == status
    assert "No flowers left" in html
    assert ("Your basket is kept." if "kept" in refusal.data else "Nothing was changed.") in html


@pytest.mark.parametrize("view", [views.living_page, views.sample_market, views.sample_desk, views.sample_form])
@pytest.mark.parametrize("language", ["es-co", "es-mx", "en"])
def test_the_living_page_draws(request_of, view, language):
    with translation.override(language):
        response = view(request_of())
    assert response.status_code == 200


def test_the_living_page_shows_what_one_writes(request_of):
    assert "{% button _(&quot;Publish&quot;)" in views.living_page(request_of("/ui/?face=desk")).content.decode()
