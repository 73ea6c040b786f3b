"""Where public pages of experts stand."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oportuno.kernel.routes import spoken
from oportuno.kernel.ui.public import home_crumb


def knowledge_crumbs() -> list[tuple[str, str]]:
    """From the front page of the market to the knowledge centre."""
    return [home_crumb(), (_("Knowledge"), spoken("/conocimiento/"))]
