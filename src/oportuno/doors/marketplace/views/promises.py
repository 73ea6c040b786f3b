"""How sellers are vetted, how to become one, and what happens with what we learn of people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.doors.marketplace.queries import home, method
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.doors.marketplace.views.frame import Meta, home_crumb, show
from oportuno.kernel.policies import public


@require_safe
@public
def vetting(request: HttpRequest) -> HttpResponse:
    """What is asked of a seller before anybody sees him, and what the market vouches for."""
    pack, language = current_pack(), get_language() or "es"
    lead = pack.identity.home.vetting_lead.in_(language) if pack else _("A person looks at each seller before anybody else does.")
    meta = Meta(title=_("How we verify"), description=lead, crumbs=[home_crumb(), (_("How we verify"), "")])
    context = {"lead": lead, "numbers": home.numbers(pack), "vetting": method.vetting_words(pack, language) if pack else None}
    return show(request, "marketplace/vetting.html", meta, context)


@require_safe
@public
def sell(request: HttpRequest) -> HttpResponse:
    """Why and how to sell here."""
    pack, language = current_pack(), get_language() or "es"
    lead = pack.identity.home.sell_lead.in_(language) if pack else _("Come in with your difference first.")
    title = pack.identity.home.sell_title.in_(language) if pack else _("Sell here")
    meta = Meta(title=title, description=lead, crumbs=[home_crumb(), (_("Sell here"), "")])
    context = {"lead": lead, "selling": method.selling_words(pack, language) if pack else None}
    return show(request, "marketplace/sell.html", meta, context)


@require_safe
@public
def privacy(request: HttpRequest) -> HttpResponse:
    """In short and honestly."""
    meta = Meta(
        title=_("Your data"),
        description=_("What we keep, why, for how long, and how you take it back."),
        crumbs=[home_crumb(), (_("Your data"), "")],
    )
    return show(request, "marketplace/privacy.html", meta)
