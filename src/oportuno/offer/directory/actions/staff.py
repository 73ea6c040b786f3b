"""Staff of the market acting on somebody else's rows: who may, and for whom the database thinks they act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Forbidden, NotFound
from oportuno.kernel.isolation import for_market
from oportuno.offer.directory.models import Application, Seller
from oportuno.people.organisations.api import Member, memberships_of

WHY = "staff of the market read and decide about sellers of all organisations"


@contextmanager
def on_application(application: UUID, *, by: Member) -> Iterator[Application]:
    """The submitted application, locked until the transaction ends. Raises NotFound, and Forbidden for one's own seller."""
    with for_market(WHY):
        owner = Application.objects.filter(pk=application, submitted_at__isnull=False).values_list("organisation_id", flat=True).first()
    if owner is None:
        raise NotFound
    _must_be_impartial(by, "vet sellers", owner)
    with for_market(WHY, organisation=owner):
        yield Application.objects.select_for_update(of=("self",)).select_related("seller__home").get(pk=application)


@contextmanager
def on_seller(seller: UUID, *, by: Member) -> Iterator[Seller]:
    """The seller, locked until the transaction ends. Raises NotFound, and Forbidden for one's own."""
    with for_market(WHY):
        owner = Seller.objects.filter(pk=seller).values_list("organisation_id", flat=True).first()
    if owner is None:
        raise NotFound
    _must_be_impartial(by, "run market", owner)
    with for_market(WHY, organisation=owner):
        yield Seller.objects.select_for_update().get(pk=seller)


def _must_be_impartial(by: Member, permission: str, organisation: int) -> None:
    if not by.organisation.is_operator or not by.may(permission):
        raise Forbidden(_("Only staff of the market may do that."))
    if any(one.organisation.pk == organisation for one in memberships_of(by.person)):
        raise Forbidden(_("You belong to this seller. Somebody else of the market has to decide."))
