"""What stands under an organisation's mails."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import acting_organisation
from oportuno.people.messaging.models import Letterhead
from oportuno.people.messaging.queries.rendering import one_line

SHORTEST, LONGEST = 8, 200


def set_letterhead(*, postal: str) -> None:
    """The postal address of the organisation we act for. Raises Refusal for what cannot be one."""
    written = one_line(postal)
    if not SHORTEST <= len(written) <= LONGEST:
        raise Refusal(_("Write street, number and city, in up to 200 characters."), field="postal")
    Letterhead.objects.update_or_create(organisation_id=acting_organisation(), defaults={"postal": written})
