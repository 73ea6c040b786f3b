"""A form whose page is older than the browser's token: the way in, sent again after going back, simply goes on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.csrf import csrf_failure

ENTRANCES = (
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "mfa_authenticate",
    "mfa_login_webauthn",
)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Who signed in, went back and sent the form again is in already: her browser goes where signing in led. Nothing that was sent is read.

    Everybody else gets the page that says so (403_csrf.html).
    """
    route = request.resolver_match
    if route is not None and route.url_name in ENTRANCES and request.user.is_authenticated:
        return HttpResponseRedirect(request.get_full_path())
    return csrf_failure(request, reason)
