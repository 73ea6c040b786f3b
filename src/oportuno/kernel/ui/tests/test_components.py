"""Every component: it draws, it escapes, it keeps to the content security policy."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from oportuno.kernel.money import Money
from oportuno.kernel.ui.cards import Picture, Place, ProductCard, SellerCard
from oportuno.kernel.ui.views import SECTIONS, examples, sample_data

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
ESCAPED = "&lt;script&gt;"
EXAMPLES = [example["template"] for section in SECTIONS for example in examples(section)]


@pytest.mark.parametrize("language", ["es-co", "es-mx", "en"])
@pytest.mark.parametrize("template", EXAMPLES)
def test_every_example_draws_in_every_language_within_the_policy(draw, template, language):
    with translation.override(language):
        html = draw(f'{{% include "{template}" %}}', **sample_data())
    assert html.strip()
    assert not re.search(r"\sstyle=|\son\w+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


class Hostile(forms.Form):
    name = forms.CharField(label=HOSTILE, help_text=HOSTILE)
    kind = forms.ChoiceField(choices=[("a", HOSTILE)], widget=forms.RadioSelect, label=HOSTILE)

    def clean_name(self) -> str:
        raise forms.ValidationError(HOSTILE)


ITEM = {
    "label": HOSTILE, "title": HOSTILE, "href": HOSTILE, "hint": HOSTILE, "value": 3, "count": 3, "state": "now", "name": HOSTILE,
    "options": [{"label": HOSTILE, "href": HOSTILE, "count": 1}], "values": [1, 2], "line": 1, "reason": HOSTILE, "note": HOSTILE,
    "changes": [{"field": HOSTILE, "before": HOSTILE, "after": HOSTILE}], "cells": [HOSTILE], "at": sample_data()["now"], "body": HOSTILE,
    "by": HOSTILE, "source": HOSTILE,
}  # fmt: skip
CONTEXT = {
    "x": HOSTILE,
    "items": [ITEM],
    "form": Hostile({"name": HOSTILE, "kind": HOSTILE}),
    "product": ProductCard(
        HOSTILE,
        HOSTILE,
        Picture(HOSTILE, HOSTILE),
        Money(1, "COP"),
        seller=HOSTILE,
        place=HOSTILE,
        badge=HOSTILE,
        why=HOSTILE,
        stock=HOSTILE,
    ),
    "seller": SellerCard(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, difference=HOSTILE, place=HOSTILE, certified=HOSTILE, why=HOSTILE),
    "pictures": [Picture(HOSTILE, HOSTILE), Picture(HOSTILE)],
    "places": [Place(HOSTILE, 1, 2, HOSTILE, [HOSTILE], HOSTILE)],
    "rows": [{"state": "wrong", **{key: ITEM[key] for key in ("line", "name", "reason", "changes")}}],
}
TAGS = [
    "{% icon x label=x %}", "{% button x x icon=x name=x %}", "{% link_button x x icon=x %}", "{% open_button x x %}",
    "{% menu x %}{{ x }}{% endmenu %}", "{% dialog id=x title=x %}{{ x }}{% enddialog %}", "{% side_panel id=x title=x %}{{ x }}{% endside_panel %}",
    "{% disclosure x %}{{ x }}{% enddisclosure %}", "{% tabs items label=x %}", "{% breadcrumb items %}", "{% chips items clear=x %}",
    "{% copy_field x x %}", "{% confirm_form x x y=x %}", "{% status x x %}", "{% badge x x %}", "{% avatar x src=x %}",
    "{% notice x title=x %}{{ x }}{% endnotice %}", "{% empty x example=x %}{{ x }}{% endempty %}", "{% progress 1 2 words=x label=x poll=x %}",
    "{% stepper items %}", "{% field form.name hint=x placeholder=x prefix=x %}", "{% field form.kind %}", "{% form_errors form %}",
    "{% form_page form=form submit=x cancel=x action=x %}{{ x }}{% endform_page %}", "{% fields x hint=x %}{{ x }}{% endfields %}",
    "{% quantity name=x label=x %}", "{% table caption=x %}{{ x }}{% endtable %}", "{% th x x %}", "{% selectable x action=x %}{{ x }}{% endselectable %}",
    "{% select_cell x x %}", "{% bulk_bar %}{{ x }}{% endbulk_bar %}", "{% pager newer=x older=x words=x %}", "{% load_more x label=x %}",
    "{% toolbar search=x %}{{ x }}{% endtoolbar %}", "{% facets items label=x %}", "{% key_values items.0 %}", "{% timeline items older=x %}",
    "{% diff_table rows caption=x %}", "{% comparison items items caption=x %}", "{% stat x x of=x href=x %}", "{% sparkline items.0.values x %}",
    "{% bar_chart items title=x note=x %}", "{% line_chart items.0.cells items title=x %}", "{% column_chart items.0.cells items.0.values title=x %}",
    "{% funnel_chart items title=x %}", "{% donut_chart items title=x whole=x %}", "{% card x href=x %}{{ x }}{% endcard %}", "{% picture product.picture x %}",
    "{% product_card product %}", "{% seller_card seller %}", "{% price product.price unit=x tax=x %}", "{% gallery pictures x %}", "{% map_block places label=x %}",
    "{% open_graph title=x description=x image=x %}",
]  # fmt: skip


@pytest.mark.parametrize("source", TAGS)
def test_it_escapes_whatever_people_wrote(draw, source):
    html = draw(source, **CONTEXT)
    assert ESCAPED in html
    assert "<script>" not in html
    assert "<img src=x" not in html
    assert not re.search(r'="[^"]*"\'>', html)


def test_a_status_is_never_told_by_colour_alone(draw):
    html = draw('{% status "Certified" "good" %}')
    assert "circle-check" in html
    assert "Certified" in html


def test_a_missing_price_is_a_question_to_the_seller(draw):
    assert "Price on request" in draw("{% price None %}")


def test_a_moment_for_programs_has_no_millionths_of_a_second(draw):
    assert draw("{{ at|iso }}", at=datetime(2026, 11, 23, 15, 32, 52, 249417, UTC)) == "2026-11-23T10:32:52-05:00"
    assert draw("{{ at|iso }}", at=None) == ""


def test_what_is_copied_has_a_role_that_may_be_named(draw):
    """A validator of HTML lets no name stand on a bare `code`."""
    assert '<code tabindex="0" role="group" aria-label="Value"' in draw('{% copy_field "x" "Value" %}')


def test_a_price_says_its_currency(draw):
    html = draw("{% price price %}", price=Money(2_850_000, "COP"))
    assert "28,500" in html
    assert "COP" in html


def test_a_missing_picture_is_drawn(draw):
    assert '<svg class="drawing"' in draw("{% picture None %}")


def test_a_picture_reserves_its_place(draw):
    html = draw("{% picture p %}", p=SimpleNamespace(src="/a.jpg", alt="A", width=640, height=480))
    assert 'width="640" height="480"' in html


def test_sorting_turns_round_and_starts_from_the_first_page(draw):
    html = draw('{% th "Price" "price" %}', "/ui/?sort=price&after=abc&q=rosa")
    assert 'aria-sort="ascending"' in html
    assert "after=" not in html
    assert "sort=-price" in html
    assert "q=rosa" in html


@pytest.mark.parametrize(
    ("page", "shown"), [(1, ["1", "2", "…", "9"]), (5, ["1", "…", "4", "5", "6", "…", "9"]), (9, ["1", "…", "8", "9"])]
)
def test_numbered_pages_show_the_ends_and_the_neighbours(draw, page, shown):
    html = draw(f"{{% pagination page={page} pages=9 %}}")
    assert re.findall(r">(\d+|…)<", html) == shown


def test_a_chart_says_the_same_in_a_table(draw):
    html = draw("{% line_chart labels series title='Visits' %}", labels=["May", "June"], series=[{"name": "Visits", "values": [10, None]}])
    assert "<table" in html
    assert "–" in html


def test_nothing_falls_over_without_data(draw):
    for source in ("{% bar_chart n title='x' %}", "{% line_chart n n title='x' %}", "{% column_chart n n title='x' %}", "{% funnel_chart n title='x' %}",
                   "{% donut_chart n title='x' %}", "{% timeline n %}", "{% chips n %}", "{% gallery n %}", "{% map_block n %}", "{% facets n %}", "{% stepper n %}"):  # fmt: skip
        assert draw(source, n=[]) is not None


def test_a_press_sent_twice_can_be_told_apart(draw):
    keys = [re.search(r'idempotency_key" value="([^"]+)"', draw("{% once_key %}")) for _ in range(2)]
    assert all(keys)
    assert keys[0][1] != keys[1][1]


def test_what_is_remembered_is_drawn_anew_for_other_values_and_another_language(draw):
    source = '{% remember name %}{{ name }} {% translate "Search" %}{% endremember %}'
    template = engines["django"].from_string(source)
    with translation.override("en"):
        assert [template.render({"name": name}) for name in ("Alba", "Beto", "Alba")] == ["Alba Search", "Beto Search", "Alba Search"]
    with translation.override("es-co"):
        assert template.render({"name": "Alba"}) == "Alba Buscar"
    assert template.render({"name": HOSTILE}).count(ESCAPED) == 1


def test_what_cannot_be_remembered_is_drawn_each_time(draw):
    template = engines["django"].from_string("{% remember many %}{% for one in many %}{{ one }}{% endfor %}{% endremember %}")
    assert [template.render({"many": [1, 2]}), template.render({"many": [3]})] == ["12", "3"]


def test_pages_are_numbered_in_spanish(draw):
    with translation.override("es-co"):
        html = draw("{% pagination page=2 pages=3 %}")
    assert all(word in html for word in ("Páginas", "Anterior", "Siguiente", "Página 3"))
