"""Front door: the vertical that this market shows, and what its experts wrote."""

from oportuno.doors.marketplace.actions.articles import publish_article
from oportuno.doors.marketplace.actions.packs import show_pack
from oportuno.doors.marketplace.models import Article
from oportuno.doors.marketplace.queries.packs import current_pack

__all__ = ["Article", "current_pack", "publish_article", "show_pack"]
