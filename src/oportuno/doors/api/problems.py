"""Errors as problem documents (RFC 9457): a type, a title, the sentence, and the field it is about."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from oportuno.kernel.away import AGAIN_IN, is_database_away
from oportuno.kernel.errors import Refusal

TITLES = {
    400: "bad-request",
    401: "no-key",
    403: "not-allowed",
    404: "not-found",
    405: "no-such-method",
    409: "conflict",
    413: "too-big",
    422: "refused",
    429: "too-many",
    500: "defect",
    503: "away",
}
log = structlog.get_logger(__name__)


def problem(status: int, detail: str, *, errors: list[dict[str, Any]] | None = None, headers: dict[str, str] | None = None) -> HttpResponse:
    """A problem document. `errors` names single fields: [{"pointer": "/price", "detail": "…"}]."""
    kind = TITLES.get(status, "refused")
    body: dict[str, Any] = {"type": f"/api/v1/problems#{kind}", "title": kind, "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json", headers=headers or {})


def too_many(wait: float) -> HttpResponse:
    """So often nobody may ask; `wait` is in seconds."""
    return problem(429, _("Too many requests; try again a little later."), headers={"Retry-After": str(int(wait) + 1)})


def knows_its_methods(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view of an address, whose 405 is a problem, too: the library says it in plain text."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        return problem(
            405, _("This address does not know the method %(method)s.") % {"method": request.method}, headers={"Allow": response["Allow"]}
        )

    return answered


def answer_with_problems(api: NinjaAPI) -> None:
    """Turn whatever goes wrong in an operation into a problem document."""

    @api.exception_handler(Refusal)
    def refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
        sentence = str(error) or _("There is nothing here.")
        retry = {"Retry-After": str(error.data["retry_after"])} if "retry_after" in error.data else None
        return problem(
            error.status, sentence, errors=[{"pointer": f"/{error.field}", "detail": sentence}] if error.field else None, headers=retry
        )

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        told = [{"pointer": "/" + "/".join(map(str, one.get("loc", ())[1:])), "detail": str(one.get("msg", ""))} for one in error.errors]
        return problem(422, _("The request does not have the form that this operation asks for."), errors=told)

    @api.exception_handler(AuthenticationError)
    def keyless(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(401, _("This operation needs a valid key: Authorization: Bearer opk_…"), headers={"WWW-Authenticate": "Bearer"})

    @api.exception_handler(Throttled)
    def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
        return too_many(error.wait or 60)

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        unread = error.status_code == 400  # the library's own sentence is English
        return problem(error.status_code, _("This request cannot be read.") if unread else str(error))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, _("There is nothing here."))

    @api.exception_handler(RequestDataTooBig)
    def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return problem(413, _("A request has 2 MB at most."))

    @api.exception_handler(SuspiciousOperation)
    def unreadable(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
        return problem(400, _("This request cannot be read."))

    @api.exception_handler(MultiPartParserError)
    def no_form(request: HttpRequest, error: MultiPartParserError) -> HttpResponse:
        return problem(400, _("This request cannot be read."))

    @api.exception_handler(Exception)
    def defect(request: HttpRequest, error: Exception) -> HttpResponse:
        if is_database_away(error):
            return problem(503, _("The market is being put in order; try again in a moment."), headers={"Retry-After": AGAIN_IN})
        log.exception("api.defect", path=request.path, kind=type(error).__name__)
        return problem(500, _("Something broke on our side; it has been noted."))
