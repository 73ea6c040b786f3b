"""What is written down at once reads as what Django's templates draw."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.safestring import mark_safe

from oportuno.kernel.ui.drawn_inputs import DrawnInputs
from oportuno.kernel.ui.inputs import DateInput, PhoneInput

NASTY = """"><script>alert('1')</script>&amp; ñ"""
VALUES: list[Any] = [None, "", "rosas", NASTY, mark_safe("&amp;"), 0, 7, 1.5, True, False, date(2026, 3, 10), "una\ndos"]
ATTRS: list[dict[str, Any]] = [
    {},
    {"id": "x", "required": True, "disabled": False, "maxlength": "7", "rows": 3},
    {"data-says": NASTY, "placeholder": mark_safe("a &amp; b"), "aria-label": None},
]
WIDGETS: list[forms.Widget] = [
    forms.TextInput(), forms.EmailInput(), forms.NumberInput(), forms.URLInput(), forms.PasswordInput(render_value=True), forms.HiddenInput(),
    forms.DateInput(), forms.DateTimeInput(), forms.TimeInput(), forms.CheckboxInput(), forms.Textarea(), forms.Select(choices=[("rosas", "Rosas")]),
    forms.RadioSelect(choices=[("rosas", "Rosas")]), forms.FileInput(), DateInput(), PhoneInput(),
]  # fmt: skip


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
def test_it_draws_what_django_draws(widget: forms.Widget) -> None:
    for value in VALUES:
        for attrs in ATTRS:
            for name in ("flor", NASTY):
                told = widget.render(name, value, attrs, DjangoTemplates())
                assert widget.render(name, value, attrs, DrawnInputs()).strip() == told, (value, attrs)


def test_forms_of_the_market_are_drawn_so() -> None:
    assert isinstance(forms.Form().renderer, DrawnInputs)
    assert flatatt({"id": "x"}) in forms.TextInput().render("flor", "rosas", {"id": "x"})
