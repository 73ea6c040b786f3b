"""Making this the market of a vertical."""

from __future__ import annotations

from datetime import datetime

from oportuno.doors.marketplace.models import InstalledPack
from oportuno.doors.marketplace.queries.packs import forget_pack
from oportuno.kernel.packs import Pack


def show_pack(*, pack: Pack, at: datetime) -> InstalledPack:
    """Let the public pages speak and look as this pack says. Again with the same version changes nothing."""
    newest = InstalledPack.objects.order_by("-at", "-pk").first()
    if newest and (newest.name, newest.version, newest.folder) == (pack.name, pack.identity.version, str(pack.folder)):
        return newest
    forget_pack()
    return InstalledPack.objects.create(name=pack.name, version=pack.identity.version, folder=str(pack.folder), at=at)
