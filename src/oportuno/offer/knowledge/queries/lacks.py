"""What a draft lacks, said to its writer."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oportuno.kernel.errors import Refusal
from oportuno.offer.knowledge.rules.texts import Lack


def sentence_of(lack: Lack) -> str:
    """One whole sentence."""
    language = {"es": pgettext("in a sentence", "Spanish"), "en": pgettext("in a sentence", "English")}.get(lack.what, "")
    sentences = {
        "title": _("Give it a title in %(language)s.") % {"language": language},
        "summary": _("Write its summary in %(language)s: two or three sentences that lists and search show.") % {"language": language},
        "text": _("Write its text in %(language)s.") % {"language": language},
        "who": _("Say in %(language)s who the case tells of.") % {"language": language},
        "problem": _("Say in %(language)s what the problem was.") % {"language": language},
        "done": _("Say in %(language)s what was done.") % {"language": language},
        "result": _("Say in %(language)s what came of it.") % {"language": language},
        "figures": _("A case shows at least one figure, before and after."),
        "authors": _("Say who signs it."),
        "categories": _("Choose at least one subject."),
        "unknown": _("The text cites [@%(key)s], and no source is called so.") % {"key": lack.what},
        "news": pgettext("version", "Say in a sentence what changes with this version."),
    }
    return sentences[lack.code]


def is_missing(lacks: Sequence[Lack]) -> Refusal:
    """All of it in one refusal; of one field alone it is said there."""
    field = lacks[0].code if len(lacks) == 1 else None
    return Refusal(" ".join(sentence_of(one) for one in lacks), field=field, lacks=[one.code for one in lacks])
