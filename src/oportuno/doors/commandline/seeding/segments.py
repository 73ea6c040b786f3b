"""Segments of the demo: who could buy soon, who is asleep, and a list, of the first seller that has an owner."""

from __future__ import annotations

from datetime import datetime

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.isolation import for_organisation
from oportuno.people.segments import api as segments

NEAR = (
    {"what": "stage", "op": "is", "value": ["prospect", "qualified", "opportunity"]},
    {"what": "deed:visited", "op": "at_least", "value": 1, "days": 90},
)
AGREED = ({"what": "consent:email:bulletin", "op": "given"}, {"match": "none", "of": [{"what": "place", "op": "is", "value": ["Bogotá"]}]})


def cut_segments(cast: Cast, at: datetime) -> None:
    """With their members, as the worker would gather them."""
    owner = cast.first_seller
    with for_organisation(owner.organisation.pk):
        for name, conditions in (("Cerca de comprar (demo)", NEAR), ("Boletín, fuera de Bogotá (demo)", AGREED)):
            tree = {"version": 1, "match": "all", "of": list(conditions)}
            made = segments.make_segment(name=name, tree=tree, by=owner, at=at)
            segments.build(segment=made.pk, at=at)
        group = segments.make_segment(name="Feria de las flores (demo)", tree=None, kind="list", by=owner, at=at)
        segments.put_in(segment=group.pk, contacts=segments.contacts_in(made.pk, size=5), by=owner, at=at)
