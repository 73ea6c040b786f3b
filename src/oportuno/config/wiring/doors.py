"""The doors, and what must always hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oportuno.kernel.desk import DeskPage, list_page
from oportuno.kernel.invariants import invariant


def backoffice() -> None:
    """Today, jobs, audit."""
    list_page(DeskPage("work", "desk:today", _("Today"), "sun", "see", order=0))
    list_page(DeskPage("house", "desk:audit", _("Audit"), "history", "manage organisation", order=80))
    list_page(DeskPage("house", "desk:jobs", _("Jobs"), "settings", "see market", operator_only=True, order=90))


def marketplace() -> None:
    """The vertical: whom sellers help, and all that its pack decides."""
    list_page(DeskPage("people", "market:buyers", _("Whom you help"), "heart-handshake", "see", seller_only=True, order=90))
    list_page(DeskPage("market", "market:vertical", _("Vertical"), "book", "see market", operator_only=True, order=50))


def promises() -> None:
    """What must hold at every moment; `./oportuno invariants` counts where it does not."""
    from oportuno.kernel.audit import all_chain_breaks
    from oportuno.kernel.facts.invariants import facts_without_kind
    from oportuno.offer.catalogue.api import PROMISES
    from oportuno.offer.directory import api as sellers
    from oportuno.offer.search import api as search
    from oportuno.offer.sites import api as sites
    from oportuno.people.messaging import api as mail

    invariant("audit.chain", "Nobody changed what stands in the audit trail", all_chain_breaks)
    invariant("facts.kinds", "Every fact in the log is of a kind that was declared", facts_without_kind)
    invariant("messaging.consent", "No marketing goes out to who did not agree to it", mail.sent_without_consent)
    invariant("messaging.counted", "What is counted of a bulletin adds up to its messages", mail.counted_otherwise)
    invariant("messaging.once", "No message goes out twice", mail.sent_twice)
    invariant("directory.states", "An application's state is its last turn's", sellers.states_without_turn)
    invariant("directory.seen", "Nothing is seen of a seller who is not approved", sellers.seen_against_standing)
    invariant("directory.found", "Nothing is found of a seller who is not seen", sellers.found_against_standing)
    invariant("search.counted", "Everything found is counted by all its tags", search.counted_otherwise)
    invariant("sites.themes", "A theme's installs and stars are those of who uses it", sites.themes_counted_otherwise)
    for name, (promise, count) in PROMISES.items():
        invariant(f"catalogue.{name}", promise, count)
