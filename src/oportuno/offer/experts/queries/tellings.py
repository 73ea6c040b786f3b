"""How what a contact asked the experts reads in his timeline, and how many answers a thing of the library shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.experts.models import Expert, Point
from oportuno.offer.media.api import Use, holders_of
from oportuno.people.audience.api import name_group, tell_of


def describe() -> None:
    """Called once at start."""
    name_group("experts", gettext_lazy("Experts"))
    words = {
        "public_question_asked": ("help-circle", gettext_lazy("Asked the experts a question")),
        "public_question_followed": ("bell", gettext_lazy("Follows a question to the experts")),
        "public_question_solved": ("check", gettext_lazy("Said which answer solved the question")),
        "expert_answer_voted": ("thumb-up", gettext_lazy("Said whether an expert's answer was useful")),
    }
    for kind, (icon, sentence) in words.items():
        tell_of(f"experts.{kind}", group="experts", icon=icon, sentence=lambda happened, said=sentence: str(said))


def where_pictured(items: Sequence[UUID], slug: str) -> Mapping[UUID, Sequence[Use]]:
    """Portraits, documents of sources and answers of the organisation we act for that use these things; three queries."""
    here, told = acting_organisation(), dict[UUID, list[Use]]()
    for expert, name, item in Expert.objects.filter(organisation_id=here, picture_id__in=items).values_list("pk", "name", "picture_id"):
        told.setdefault(item, []).append(Use(_("Portrait of %(name)s") % {"name": name}, _to("experts:own_expert", slug, expert)))
    for expert, title, item in Point.objects.filter(organisation_id=here, document_id__in=items).values_list(
        "expert_id", "title", "document_id"
    ):
        told.setdefault(item, []).append(Use(_("Source of “%(title)s”") % {"title": title}, _to("experts:own_expert", slug, expert)))
    for answer, item in holders_of(items, "expert_answer")["expert_answer"]:
        told.setdefault(item, []).append(Use(_("An answer to a public question"), _to("experts:answer", slug, answer)))
    return told


def _to(name: str, slug: str, row: UUID) -> str:
    return reverse(name, args=[slug, row]) if slug else ""
