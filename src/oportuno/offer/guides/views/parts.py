"""What the pages of guides share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.offer.guides.models import VersionState
from oportuno.offer.guides.queries.vertical import Vertical
from oportuno.offer.guides.rules.checking import Remark
from oportuno.offer.guides.rules.document import Content

TONES = {
    VersionState.DRAFT: "info", VersionState.WAITING: "waiting", VersionState.CHANGES: "warning", VersionState.DECLINED: "bad",
    VersionState.PUBLISHED: "good",
}  # fmt: skip


def remark_words(remark: Remark) -> str:
    """What is wrong, in a sentence."""
    words = {
        "no_questions": _("It asks nothing yet."),
        "no_words": _("The question has no words."),
        "few_options": _("A question needs two answers at least."),
        "no_label": _("The answer has no words."),
        "same_label": _("Two answers say the same."),
        "leads_back": _("The answer leads back: a guide leads on, so that it ends."),
        "leads_nowhere": _("The answer leads to a question that is not there."),
        "unreached": _("No way leads to this question."),
        "asks_nothing": _("No answer asks anything of a product: it would find everything."),
        "unknown": _("The vertical does not know “%(what)s” any more."),
        "several_narrow": _("Where several answers may be chosen, each may ask for an attribute or a delivery alone."),
        "no_english": _("Part of it has no English: English readers see it in Spanish."),
    }
    return words[remark.problem] % {"what": remark.what}


def outline(content: Content, known: Vertical) -> list[dict[str, Any]]:
    """A guide as its makers read it: questions, their answers, and what each asks."""
    language = get_language() or "es"
    names = {one.key: one.ask.in_(language) for one in content.questions}
    return [
        {
            "question": question,
            "ask": question.ask.in_(language),
            "options": [
                {
                    "option": option,
                    "label": option.label.in_(language),
                    "why": option.why.in_(language),
                    "wants": [(known.label(one), known.words(one), known.has(one)) for one in option.conditions],
                    "leads": _("The result") if option.next == "-" else names.get(option.next, ""),
                }
                for option in question.options
            ],
        }
        for question in content.questions
    ]
