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
    "media.collection_published": _("Collections shared"),
    "media.finds_appeared": _("News on channels"),
    "media.item_kept": _("Things brought to the library"),
    "media.piece_published": _("Pieces published"),
    "messaging.message_sent": _("Messages sent"),
    "messaging.message_failed": _("Messages that failed"),
    "organisations.member_joined": _("People who joined"),
    "organisations.person_signed_up": _("People who signed up"),
    "search.searched": _("Searches"),
}

DEEDS: dict[str, Any] = {
    "accept invitation": _("Accepted an invitation"),
    "answer.approved": _("Put an expert's answer on show"),
    "answer.declined": _("Declined an expert's answer"),
    "answer.returned": _("Asked for changes in an expert's answer"),
    "answers.review": _("Changed how answers of experts are reviewed"),
    "application.approved": _("Approved an application"),
    "application.changes_asked": _("Asked for changes in an application"),
    "application.rejected": _("Rejected an application"),
    "change address": _("Changed an e-mail address"),
    "change password": _("Changed a password"),
    "change role": _("Changed a role"),
    "change second factor": _("Changed the second factor"),
    "close organisation": _("Closed the organisation"),
    "contact erased": _("Somebody asked to be forgotten"),
    "contact import undone": _("An import of contacts was undone"),
    "contacts exported": _("Took out contacts"),
    "create key": _("Made a key"),
    "credibility.approved": _("Found an expert's source to be so"),
    "credibility.declined": _("Declined an expert's source"),
    "end membership": _("Ended a membership"),
    "evidence.added": _("Added evidence"),
    "expert.approved": _("Put an expert's page on show"),
    "expert.hidden": _("Hid an expert's page"),
    "expert.returned": _("Asked for changes in an expert's page"),
    "fact replayed": _("Set a fact going again"),
    "form answer removed": _("Removed an answer to a form"),
    "form answers exported": _("Took out the answers to a form"),
    "guide.changes": _("Asked for changes in a guide"),
    "guide.declined": _("Declined a guide"),
    "guide.published": _("Published a guide"),
    "guide.withdrawn": _("Took a guide from show"),
    "invite": _("Invited somebody"),
    "job replayed": _("Set a job going again"),
    "knowledge.approved": _("Published a contribution"),
    "knowledge.changes": _("Asked for changes in a contribution"),
    "knowledge.commented": _("Commented on a contribution"),
    "knowledge.declined": _("Declined a contribution"),
    "knowledge.subject": _("Changed a subject of the knowledge centre"),
    "knowledge.withdrawn": _("Withdrew an article"),
    "question.declined": _("Declined a public question"),
    "question.joined": _("Joined a public question to another"),
    "question.shown": _("Put a public question on show"),
    "remove second factor": _("Removed the second factor"),
    "requirement.decided": _("Decided on a requirement"),
    "revoke key": _("Revoked a key"),
    "seller.reinstated": _("Reinstated a seller"),
    "seller.revoked": _("Revoked a seller"),
    "seller.suspended": _("Suspended a seller"),
    "site.domain_given_back": _("Gave a domain back"),
    "site.domain_proved": _("Proved a domain"),
    "term.removed": _("Removed a term of the glossary"),
    "term_proposal.accepted": _("Took a word into the glossary"),
    "term_proposal.changes": _("Asked for changes in a word"),
    "term_proposal.declined": _("Declined a word for the glossary"),
    "terms.brought": _("Brought terms in from a sheet"),
    "theme.approved": _("Approved a theme"),
    "theme.blocked": _("Blocked a theme"),
    "theme.refused": _("Did not approve a theme"),
    "change key of sender": _("Changed the key that signs its mail"),
    "choose sender": _("Chose an address to send from"),
    "give up sender": _("Gave up its own address to send from"),
    "go on sending": _("Let a bulletin go on that a guard had stopped"),
    "set rules of sending": _("Changed the rules of sending"),
    "exclude numbers": _("Took in numbers that the state excludes"),
    "release suppressed": _("Let an address be written to again"),
    "withdraw invitation": _("Withdrew an invitation"),
}
"""What the audit calls the deeds; one that is not named here shows its own name."""

FIGURES: dict[str, Any] = {
    "audience.page_viewed": _("Visits, 7 days"),
    "audience.contact_captured": _("New contacts, 7 days"),
    "audience.question_asked": _("Questions, 7 days"),
}

FIGURES_OF_MARKET: dict[str, Any] = {
    "search.searched": _("Searches, 7 days"),
    "audience.page_viewed": _("Visits, 7 days"),
    "audience.contact_captured": _("New contacts, 7 days"),
}
"""The operator's: what happens in the market itself. What happens at a seller is the seller's."""

PAGES: dict[str, tuple[str, str]] = {
    "search.searched": ("search:demand", ""),
    "audience.contact_captured": ("audience:contacts", "see contacts"),
    "audience.question_asked": ("audience:questions", "answer"),
}
"""Where the rows behind a figure are, and who may open it."""
