"""Trying a theme on: a signed link shows a site, or a sample of one, in a look that nobody else sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing

from oportuno.kernel.errors import NotFound

SALT = "sites.theme"
LASTS = timedelta(days=2)
PREFIX = "/vista-de-tema/"


@dataclass(frozen=True)
class Trial:
    """`organisation` whose site it is; 0: the sample. `language` es or en. `version`: it may be one that is not approved yet."""

    organisation: int
    theme: str
    look: Mapping[str, Any]
    language: str = "es"

    def token(self, *, at: datetime) -> str:
        """Good for two days from the hour in which it was made: the same look has the same link for an hour."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        said = [self.organisation, self.theme, dict(self.look), self.language, int((hour + LASTS).timestamp())]
        return signing.dumps(said, salt=SALT, compress=True)

    def address(self, *, at: datetime, page: str = "") -> str:
        return f"{PREFIX}{self.token(at=at)}/{f'?pagina={page}' if page else ''}"


def trial_of(token: str, *, at: datetime) -> Trial:
    """Raises NotFound for a link that is not ours, or too old."""
    try:
        organisation, theme, look, language, until = signing.loads(token, salt=SALT)
        if at.timestamp() > until:
            raise NotFound
        return Trial(int(organisation), str(theme), dict(look), "en" if language == "en" else "es")
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound from None
