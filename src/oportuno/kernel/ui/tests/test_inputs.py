"""Form fields of ours, and how a bound field is drawn."""

from __future__ import annotations

import pytest
from django import forms
from django.utils import translation

from oportuno.kernel.errors import Conflict
from oportuno.kernel.money import Money
from oportuno.kernel.ui.inputs import MoneyField, TagsField


class Sale(forms.Form):
    price = MoneyField(label="Price", currencies=["COP", "USD"])
    floor = MoneyField(label="Floor", currencies=["COP"], required=False)
    words = TagsField(required=False)
    name = forms.CharField(help_text="As people say it")


@pytest.mark.parametrize(
    ("typed", "currency", "money"),
    [("28.500", "COP", Money(2_850_000, "COP")), ("12,50", "USD", Money(1_250, "USD")), ("0", "COP", Money(0, "COP"))],
)
def test_money_is_read_as_the_reader_writes_it(typed, currency, money):
    with translation.override("es-co"):
        form = Sale({"price_amount": typed, "price_currency": currency, "name": "x"})
        assert form.is_valid(), form.errors
    assert form.cleaned_data["price"] == money
    assert form.cleaned_data["floor"] is None


@pytest.mark.parametrize(("typed", "currency"), [("", "COP"), ("12,000", "COP"), ("5", "EUR"), ("-1", "COP"), ("１", "COP")])
def test_what_is_no_price_is_refused_and_kept(draw, typed, currency):
    with translation.override("es-co"):
        form = Sale({"price_amount": typed, "price_currency": currency, "name": "x"})
        assert not form.is_valid()
        assert f'value="{typed}"' in draw("{% field form.price %}", form=form) or not typed


def test_money_shows_itself_as_it_is_typed(draw):
    with translation.override("es-co"):
        assert 'value="28.500"' in draw("{% field form.price %}", form=Sale(initial={"price": Money(2_850_000, "COP")}))


def test_tags_come_without_doubles():
    form = Sale({"words": "rosa, rojo,, rosa ", "price_amount": "1", "price_currency": "COP", "name": "x"})
    assert form.is_valid()
    assert form.cleaned_data["words"] == ["rosa", "rojo"]


def test_a_field_says_its_label_hint_and_error(draw):
    html = draw("{% field form.name autocomplete='off' %}", form=Sale({}))
    assert 'for="id_name"' in html
    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'autocomplete="off"' in html


def test_a_form_says_how_big_a_file_it_takes(draw):
    html = draw("{% drop_zone form.name most=500 %}", form=Sale())
    assert f'data-most="{500 * 2**20}"' in html
    assert 'aria-describedby="id_name_helptext id_name_error id_name_heavy"' in html
    assert 'role="alert" data-heavy hidden' in html
    assert "This file is bigger than 500 MB: it is not sent." in html
    assert "data-heavy" not in draw("{% drop_zone form.name %}", form=Sale())


def test_the_summary_links_to_what_needs_mending(draw):
    html = draw("{% form_errors form %}", form=Sale({}))
    assert 'href="#id_price_0"' in html
    assert 'href="#id_name"' in html


def test_a_refusal_stands_above_the_form_and_what_was_typed_stays(draw):
    form = Sale({"name": "Rosa"})
    html = draw("{% form_page form=form %}{% field form.name %}{% endform_page %}", form=form, refusal=Conflict("Somebody was faster"))
    assert "Somebody was faster" in html
    assert 'value="Rosa"' in html
