"""Segments that a seller has: by conditions, with its members; a list, and a file for it; one that is still pointed together; one in the bin; what a contact did."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from oportuno.kernel.clock import now
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.api import Contact
from oportuno.people.audience.facts import PageViewed
from oportuno.people.organisations.testing import Actor
from oportuno.people.segments import api as segments


def own_segments(owner: Actor, name: str) -> None:
    """Acts for the owner's organisation, which has contacts already."""
    at, member = now(), owner.member
    empty = {"version": 1, "match": "all", "of": []}
    made = segments.make_segment(name=f"{name} segmento", tree=empty, by=member, at=at)
    segments.build(segment=made.pk, at=at)
    other = segments.make_segment(name=f"{name} otro segmento", tree=empty, by=member, at=at)  # what a program may take away
    segments.build(segment=other.pk, at=at)
    group = segments.make_segment(name=f"{name} lista", tree=None, kind="list", by=member, at=at)
    segments.fill_from(segment=group.pk, source=made.pk, by=member, at=at)
    with NamedTemporaryFile(suffix=".csv") as file:
        file.write("\n".join(["Correo", *Contact.objects.exclude(email="").values_list("email", flat=True)[:3]]).encode())
        file.flush()
        segments.look_at_file(segment=group.pk, name=f"{name}.csv", path=Path(file.name), by=member, at=at)
    segments.make_segment(name=f"{name} borrador", tree=None, by=member, at=at, draft=True)
    gone = segments.make_segment(name=f"{name} papelera", tree=empty, by=member, at=at)
    segments.delete_segment(segment=gone.pk, by=member, at=at)
    contact = Contact.objects.filter(organisation_id=member.organisation.pk).order_by("pk").first()
    if contact:
        record(PageViewed(path="/categorias/rosas/", contact=contact.pk, at=at))
        segments.gather_deeds(Lease(0, 1, None, "what they did is kept"), at, anew=True)
