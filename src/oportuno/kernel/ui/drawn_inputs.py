"""Inputs of forms, written down at once. Django draws each with two or three templates, and takes ten times as long for the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

WIDGETS = "django/forms/widgets/"
INPUTS = frozenset(
    f"{WIDGETS}{one}.html"
    for one in ("checkbox", "date", "datetime", "email", "hidden", "input", "number", "password", "text", "time", "url")
)
TEXTAREA = f"{WIDGETS}textarea.html"


class DrawnInputs(DjangoTemplates):
    """The simple ones are drawn here; all others by Django's own templates, or by ours."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name in INPUTS:
            return _input(context["widget"])
        if template_name == TEXTAREA:
            return _textarea(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{conditional_escape(str(widget["value"]))}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return SafeString(f'<input type="{kind}" name="{name}"{value}{_attributes(widget["attrs"])}>')


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    value = conditional_escape(widget["value"]) if widget["value"] else ""
    return SafeString(f'<textarea name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>\n{value}</textarea>')


def _attributes(given: Mapping[str, Any]) -> str:
    """What is True stands there bare, what is False does not."""
    return "".join(
        f" {conditional_escape(name)}" if value is True else f' {conditional_escape(name)}="{conditional_escape(str(value))}"'
        for name, value in given.items()
        if value is not False
    )
