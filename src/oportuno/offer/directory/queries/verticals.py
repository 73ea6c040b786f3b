"""The vertical installed now: its sectors, requirements and method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.packs.method import Commitment, Playbook, Vetting
from oportuno.offer.directory.models import Requirement, Sector, Vertical


@dataclass(frozen=True)
class Method:
    """What the pack says about vetting and the method, in the pack's own shapes."""

    pack: str
    version: str
    playbook: Playbook
    commitment: Commitment
    vetting: Vetting


_read: dict[tuple[str, str], Method] = {}  # a pack of one digest never changes; two or three in a process's life


def method() -> Method:
    """The method of the vertical installed now; one small query. Raises NotFound before a pack is installed."""
    row = Vertical.objects.filter(retired_at__isnull=True).values_list("name", "digest").first()
    if row is None:
        raise NotFound(_("This market has no vertical yet: its operator installs one with ./oportuno pack install."))
    if row not in _read:
        vertical = Vertical.objects.get(name=row[0])
        _read[row] = Method(
            pack=vertical.name,
            version=vertical.version,
            playbook=Playbook.model_validate(vertical.method["playbook"]),
            commitment=Commitment.model_validate(vertical.method["commitment"]),
            vetting=Vetting.model_validate(vertical.method["vetting"]),
        )
    return _read[row]


def sectors() -> list[Sector]:
    """The sectors of the vertical installed now, in its order."""
    return list(Sector.objects.filter(retired_at__isnull=True).order_by("order"))


def sectors_named(slugs: Iterable[str]) -> list[Sector]:
    """Sectors of now by slug. Raises Refusal for one that is not there."""
    wanted = set(slugs)
    found = [one for one in sectors() if one.slug in wanted]
    if len(found) != len(wanted):
        raise Refusal(_("Choose among the sectors of this market."), field="sectors")
    return found


def requirements_for(*, country: str, sectors: Iterable[str]) -> list[Requirement]:
    """What vetting asks today of a seller of this country and these sectors (slugs), in the pack's order."""
    slugs = set(sectors)
    return [
        one
        for one in Requirement.objects.filter(retired_at__isnull=True).order_by("order")
        if (not one.countries or country in one.countries) and (not one.sectors or slugs.intersection(one.sectors))
    ]


def said(words: Mapping[str, str]) -> str:
    """{"es": …, "en": …} in the reader's language; Spanish where we do not speak it."""
    language = "en" if (get_language() or "es").startswith("en") else "es"
    return words.get(language) or words.get("es", "")


def evidence_name(kind: str) -> str:
    """What a kind of evidence is called."""
    names = {
        "document": _("Document"),
        "number": _("Number checked"),
        "reference": _("Customers called"),
        "test_order": _("Test order"),
        "visit": _("Visit"),
    }
    return names.get(kind, kind)
