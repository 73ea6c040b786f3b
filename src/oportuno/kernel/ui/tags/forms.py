"""Forms: one tag draws a bound field whole, another what went wrong, a third the page of a form."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from oportuno.kernel.formats import SIGNS
from oportuno.kernel.ui.inputs import Cards, MoneyInput

from . import register
from .frame import Context

SHAPES: tuple[tuple[type[forms.Widget], str], ...] = (  # the first that fits
    (Cards, "cards"),
    (MoneyInput, "money"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "options"),
    (forms.RadioSelect, "options"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
    (forms.HiddenInput, "hidden"),
)
ANY_ATTRIBUTE = ("autocomplete", "inputmode", "placeholder", "rows", "maxlength", "min", "max", "step", "enterkeyhint", "accept", "list")


def shape(bound: BoundField) -> str:
    """Which template draws this field."""
    widget = bound.field.widget
    return next((name for kind, name in SHAPES if isinstance(widget, kind)), "text")


@register.simple_tag
def field(bound: BoundField, hint: object = "", label: object = "", prefix: object = "", suffix: object = "", **given: Any) -> str:
    """`{% field form.name hint=_("As on the invoice") autocomplete="organization" %}`: label, input, hint, errors."""
    attributes = {name: value for name, value in given.items() if name in ANY_ATTRIBUTE}
    attributes |= {name.replace("_", "-"): value for name, value in given.items() if name.startswith(("data_", "hx_"))}
    hint = hint or bound.help_text
    described = [f"{bound.auto_id}_helptext"] * bool(hint) + [f"{bound.auto_id}_error"] * bool(bound.errors)
    if described:
        attributes["aria-describedby"] = " ".join(described)
    kind = shape(bound)
    context = {
        "field": bound,
        "widget": "" if kind in ("cards", "options") else bound.as_widget(attrs=attributes),
        "label": label or bound.label,
        "hint": hint,
        "prefix": prefix or (_sign(bound) if kind == "money" else ""),
        "suffix": suffix,
        "hints": getattr(bound.field.widget, "hints", {}),
        "size": given.get("size", ""),
        "maxlength": given.get("maxlength") or getattr(bound.field, "max_length", None) if given.get("counter") else None,
    }
    as_shown = bound.as_hidden(only_initial=True) if bound.field.show_hidden_initial else ""
    return format_html("{}{}", render_to_string(f"ui/fields/{kind}.html", context), as_shown)


def _sign(bound: BoundField) -> str:
    """The currency's sign before the amount; "" when the person chooses among several signs."""
    signs = {SIGNS.get(code, "") for code in bound.field.widget.currencies}  # type: ignore[attr-defined]
    return signs.pop() if len(signs) == 1 else ""


@register.inclusion_tag("ui/fields/errors.html")
def form_errors(form: forms.BaseForm, refusal: Any = None) -> dict[str, Any]:
    """`{% form_errors form %}`: what went wrong, each with a link to its field. `form_page` does it by itself."""
    wrong = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    return {"form": form, "wrong": wrong, "general": form.non_field_errors() if form.is_bound else [], "refusal": refusal}


@register.simple_block_tag(takes_context=True)
def form_page(
    context: Context,
    content: str,
    form: forms.BaseForm | None = None,
    submit: object = "",
    cancel: str = "",
    action: str = "",
    id: str = "",
    icon: str = "check",
    guard: bool = True,
    danger: bool = False,
) -> str:
    """`{% form_page form=form submit=_("Save") cancel=back %}{% field form.name %}…{% endform_page %}`: a whole POST form."""
    inside = {"content": content, "form": form, "submit": submit, "cancel": cancel, "action": action, "id": id, "icon": icon}
    inside |= {
        "guard": guard,
        "kind": "danger" if danger else "primary",
        "refusal": context.get("refusal"),
        "csrf_token": context.get("csrf_token"),
    }
    inside["multipart"] = form is not None and form.is_multipart()
    return render_to_string("ui/fields/form_page.html", inside)


@register.simple_block_tag
def fields(content: str, title: object = "", hint: object = "", columns: int = 1) -> str:
    """`{% fields _("Where you are") columns=2 %}{% field … %}{% endfields %}`: a group of fields with its title."""
    return render_to_string("ui/fields/group.html", {"content": content, "title": title, "hint": hint, "columns": columns})


@register.inclusion_tag("ui/fields/consent.html")
def consent(bound: BoundField, text: object, policy: str = "") -> dict[str, Any]:
    """`{% consent form.agrees text=consent.text policy=url %}`: a box with the whole text that is agreed to; never ticked before."""
    return {"field": bound, "widget": bound.as_widget(attrs={"aria-describedby": f"{bound.auto_id}_error"}), "text": text, "policy": policy}


@register.simple_tag
def once_key() -> SafeString:
    """`{% once_key %}` in a form: the same press sent twice has one effect. `form_page` does it by itself."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


@register.inclusion_tag("ui/fields/quantity.html")
def quantity(
    name: str = "quantity", value: int = 1, least: int = 1, most: int | None = None, label: object = "", id: str = ""
) -> dict[str, Any]:
    """`{% quantity value=1 most=stock %}`: how many, with buttons for thumbs."""
    return {"name": name, "value": value, "least": least, "most": most, "label": label, "id": id or f"id_{name}"}


@register.inclusion_tag("ui/fields/drop_zone.html")
def drop_zone(bound: BoundField, hint: object = "", accept: str = "", most: int = 0) -> dict[str, Any]:
    """`{% drop_zone form.file hint=_("CSV, XLSX or JSON Lines, up to 200 MB") accept=".csv,.xlsx,.jsonl" most=200 %}`.

    `most`: megabytes that the form takes; a bigger file is told before it is sent. Who receives it looks, too.
    """
    attributes: dict[str, str | bool] = {"accept": accept, "aria-describedby": f"{bound.auto_id}_helptext {bound.auto_id}_error"}
    if most:
        attributes |= {"data-most": str(most * 2**20), "aria-describedby": f"{attributes['aria-describedby']} {bound.auto_id}_heavy"}
    return {"field": bound, "widget": bound.as_widget(attrs=attributes), "hint": hint or bound.help_text, "most": most}
