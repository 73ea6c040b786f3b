"""What machines ask every site for: looks, robots, whom to tell about a security hole."""

from __future__ import annotations

from datetime import UTC, timedelta
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse

from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.kernel.clock import now
from oportuno.kernel.drawings import ICON_SIZES, app_icon
from oportuno.kernel.errors import NotFound
from oportuno.kernel.packs import Pack
from oportuno.kernel.policies import open_to_all

MINUTES = 60
INSTALLED = (192, 512)  # the two sizes without which no phone offers to keep a page as an app


@open_to_all("the vertical's colours")
def brand(request: HttpRequest) -> HttpResponse:
    """The vertical's colours over the design system's tokens."""
    pack = current_pack()
    response = HttpResponse(_brand_css(pack) if pack else "", content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={5 * MINUTES}"
    return response


def _brand_css(pack: Pack) -> str:
    light, dark = (_declarations(scheme.as_css()) for scheme in (pack.identity.brand.light, pack.identity.brand.dark))
    return (
        f':root, [data-theme="light"] {{ {light} }}\n'
        f'[data-theme="dark"] {{ {dark} }}\n'
        f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {dark} }} }}\n'
    )


def _declarations(tokens: dict[str, str]) -> str:
    return " ".join(f"{name}: {value};" for name, value in tokens.items())


@open_to_all("the vertical's emblem is for everybody")
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that ask for the old address get the new one."""
    return HttpResponseRedirect(static("ui/icon.svg"))


@open_to_all("for phones that keep the market on their first screen")
def manifest(request: HttpRequest) -> JsonResponse:
    """What the market is called and looks like when it is kept like an app."""
    pack = current_pack()
    light = pack.identity.brand.light if pack else None
    told = {
        "name": pack.identity.title.es if pack else "Oportuno",
        "short_name": pack.identity.short_title.es if pack else "Oportuno",
        "description": pack.identity.promise.es if pack else "",
        "lang": "es",
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": light.ground if light else "#ffffff",
        "theme_color": light.brand if light else "#1f5a43",
        "icons": [
            {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": reverse("icon", args=[size]), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                for size in INSTALLED
                for purpose in ("any", "maskable")
            ),
        ],
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    response["Cache-Control"] = f"public, max-age={5 * MINUTES}"
    return response


@open_to_all("the vertical's emblem is for everybody")
def icon(request: HttpRequest, size: int = 180) -> HttpResponse:
    """The emblem on the vertical's colour, in the few sizes that phones ask for; Apple's has an address of its own."""
    if size not in ICON_SIZES:
        raise NotFound
    pack = current_pack()
    light = pack.identity.brand.light if pack else None
    emblem = pack.identity.emblem if pack else "flower"
    response = HttpResponse(
        _icon(emblem, light.brand if light else "#1f5a43", light.on_brand if light else "#ffffff", size), content_type="image/png"
    )
    response["Cache-Control"] = f"public, max-age={5 * MINUTES}"
    return response


@lru_cache(maxsize=12)
def _icon(emblem: str, ground: str, ink: str, size: int) -> bytes:
    return app_icon(emblem, ground, ink, size)


@open_to_all("for crawlers")
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers need not look at, and where the map is."""
    closed = ["/desk/", "/mi-cuenta/", "/accounts/", "/api/", "/hooks/", "/*/desk/", "/*/mi-cuenta/", "/buscar/sugerencias/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.ORIGIN}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@open_to_all("for whoever finds a security hole (RFC 9116)")
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a security hole; renewed by every answer."""
    expires = (now() + timedelta(days=180)).astimezone(UTC).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: es, en",
        f"Canonical: {settings.ORIGIN}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
