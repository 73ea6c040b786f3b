"""Installing a vertical everywhere it belongs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from oportuno.doors.commandline.seeding.knowledge import name_subjects
from oportuno.doors.marketplace.api import show_pack
from oportuno.kernel.isolation import for_market
from oportuno.kernel.packs import Pack
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search


@transaction.atomic
def install(pack: Pack, *, at: datetime) -> None:
    """Make this the market's vertical: all of it or nothing. The same pack again changes nothing; no restart is needed."""
    with for_market("the vertical is the market's"):
        directory.install_pack(pack, at)
        catalogue.install_pack(pack, at=at)
        search.install_synonyms(pack)
        name_subjects(pack)
        show_pack(pack=pack, at=at)
