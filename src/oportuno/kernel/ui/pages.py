"""Answering with a page, whole or in part, and saying no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from oportuno.kernel.errors import NotFound, Refusal


def page(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Render a template, or for htmx its named part: `"app/page.html#part"`.

    The part after `#` is what htmx gets; a browser without JavaScript gets the whole template.
    Rendered at once, inside the view's transaction, so that every query keeps its isolation.
    """
    name, _, part = template.partition("#")
    if part and is_htmx(request):
        name = template
    response = render(request, name, dict(context or {}), status=status)
    response["Vary"] = "HX-Request, Cookie"
    return response


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page (history restoration wants it whole)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def refuse(
    request: HttpRequest, refusal: Refusal, template: str = "ui/refusal.html", context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Answer with the refusal's sentence; `template` is the page the person was on, so that nothing typed is lost."""
    return page(request, template, {**(context or {}), "refusal": refusal}, status=refusal.status)


def show_refusal(form: forms.Form, refusal: Refusal) -> int:
    """Put its sentence, or each of several, beside the field it is about, or above all; the status to answer with.

    What is not there is no matter of a form: NotFound is raised again.
    """
    if isinstance(refusal, NotFound):
        raise refusal
    errors = refusal.data.get("errors") or {refusal.field: str(refusal)}
    assert isinstance(errors, dict)
    for field, sentence in errors.items():
        form.add_error(field if field in form.fields else None, sentence)
    return refusal.status


def tell(request: HttpRequest, sentence: object) -> None:
    """Say something once, at the top of the next page."""
    messages.success(request, str(sentence))


def warn(request: HttpRequest, sentence: object) -> None:
    """Say once, at the top of the next page, what was not done and why."""
    messages.warning(request, str(sentence))


def safe_next(request: HttpRequest, default: str) -> str:
    """The address to go on to, if it is one of ours (threat T12)."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return (
        wanted
        if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
        else default
    )


def is_from_own_page(request: HttpRequest) -> bool:
    """Sent by a page of this very host: browsers say so in Origin, and no other page can.

    For forms on pages that are kept for everybody, which can carry no token of their own.
    """
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
