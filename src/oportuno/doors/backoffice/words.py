"""What the workbench calls the facts that its first screen counts; kinds not named here are not for that screen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

CHANGES: dict[str, Any] = {
    "audience.page_viewed": _("Pages visited"),
    "audience.contact_captured": _("New contacts"),
    "audience.question_asked": _("Questions asked"),
    "audience.question_answered": _("Questions answered"),
    "audience.consent_given": _("Permissions given"),
    "audience.consent_withdrawn": _("Permissions withdrawn"),
    "audience.address_confirmed": _("Addresses confirmed"),
    "catalogue.offer_published": _("Offers published"),
    "catalogue.offer_hidden": _("Offers hidden"),
    "catalogue.price_changed": _("Prices changed"),
    "catalogue.product_changed": _("Products changed"),
    "catalogue.products_imported": _("Imports of products"),
    "catalogue.stock_changed": _("Movements of stock"),
    "directory.certification_granted": _("Certifications granted"),
    "directory.evidence_added": _("Pieces of evidence"),
    "directory.plan_step_done": _("Steps of the plan done"),
    "directory.seller_applied": _("Applications begun"),
    "directory.application_submitted": _("Applications submitted"),
    "directory.seller_approved": _("Sellers approved"),
    "directory.seller_suspended": _("Sellers suspended"),
    "messaging.message_sent": _("Messages sent"),
    "messaging.message_failed": _("Messages that failed"),
    "organisations.member_joined": _("People who joined"),
    "organisations.person_signed_up": _("People who signed up"),
    "search.searched": _("Searches"),
}

FIGURES: dict[str, Any] = {
    "audience.page_viewed": _("Visits, 7 days"),
    "audience.contact_captured": _("New contacts, 7 days"),
    "audience.question_asked": _("Questions, 7 days"),
}
