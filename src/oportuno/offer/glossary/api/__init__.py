"""Front door: the glossary."""

from oportuno.offer.glossary.actions.finding import IN_SEARCH, find_terms
from oportuno.offer.glossary.actions.forgetting import forget_person
from oportuno.offer.glossary.actions.keeping import keep_term, remove_term
from oportuno.offer.glossary.actions.proposing import accept, ask_changes, decline, propose, take_back
from oportuno.offer.glossary.actions.sheets import Report, bring_sheet
from oportuno.offer.glossary.actions.telling import tell_proposer
from oportuno.offer.glossary.api.places import BELOW_TERM
from oportuno.offer.glossary.models import Proposal, State, Term
from oportuno.offer.glossary.queries.addresses import address_of
from oportuno.offer.glossary.queries.desk import own_proposals, tasks, waiting_count
from oportuno.offer.glossary.queries.linking import LINKS, linked_html, matcher_of, stamp_of
from oportuno.offer.glossary.queries.terms import (
    Listed,
    ShownTerm,
    addresses,
    connect,
    count,
    credit_of,
    found,
    found_terms,
    is_term,
    shown_terms,
    term_at,
    terms_named,
    under,
)
from oportuno.offer.glossary.queries.terms import naming_of as naming
from oportuno.offer.glossary.rules.naming import names
from oportuno.offer.glossary.rules.said import Language, Reference, Said

__all__ = [
    "BELOW_TERM",
    "IN_SEARCH",
    "LINKS",
    "Language",
    "Listed",
    "Proposal",
    "Reference",
    "Report",
    "Said",
    "ShownTerm",
    "State",
    "Term",
    "accept",
    "address_of",
    "addresses",
    "ask_changes",
    "bring_sheet",
    "connect",
    "count",
    "credit_of",
    "decline",
    "find_terms",
    "forget_person",
    "found",
    "found_terms",
    "is_term",
    "keep_term",
    "linked_html",
    "matcher_of",
    "names",
    "naming",
    "own_proposals",
    "propose",
    "remove_term",
    "shown_terms",
    "stamp_of",
    "take_back",
    "tasks",
    "tell_proposer",
    "term_at",
    "terms_named",
    "under",
    "waiting_count",
]
