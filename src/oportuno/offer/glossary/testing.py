"""Words for tests."""

from __future__ import annotations

from typing import Any

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.glossary import api
from oportuno.people.organisations.testing import Actor


def make_term(market: Actor, name: str, line: str = "Una palabra del oficio.", *, published: bool = True, **said: Any) -> api.Term:
    """A term of the market's, in Spanish unless `said` tells more."""
    assert market.organisation is not None
    with for_organisation(market.organisation.pk):
        return api.keep_term(said=api.Said(name_es=name, line_es=line, **said), by=market.member, at=now(), published=published)
