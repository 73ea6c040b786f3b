"""Whose row is this. The database's own answer, the second lock behind the `…_for(member)` functions.

Words: a *private* table carries its organisation in every row; whoever works with it first says for whom:

    for_organisation(id)   the rows of one organisation
    for_market(reason)     all rows: the few tasks of the market that cross organisations, each with its reason
    for_person(id)         the rows that one person owns, whatever their organisation
    for_public()           what is published, read only

Without one of them a private table looks empty, and writing to it is an error.
"""

from oportuno.kernel.isolation.context import (
    Acting,
    acting,
    acting_organisation,
    for_market,
    for_organisation,
    for_person,
    for_public,
)
from oportuno.kernel.isolation.models import OrganisationField, PrivateModel, SiblingKey
from oportuno.kernel.isolation.operations import Isolate

__all__ = [
    "Acting",
    "Isolate",
    "OrganisationField",
    "PrivateModel",
    "SiblingKey",
    "acting",
    "acting_organisation",
    "for_market",
    "for_organisation",
    "for_person",
    "for_public",
]
