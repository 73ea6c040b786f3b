"""Front door of what documents show: kinds of blocks, their sources, and from what one picks in the editor of sites."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from oportuno.kernel.content import Picker
from oportuno.offer.media import api as media
from oportuno.offer.sites.queries.blocks import KINDS
from oportuno.offer.sites.queries.blocks.cards import ShownCard, spoken
from oportuno.offer.sites.queries.blocks.forms import draws, shown_forms
from oportuno.offer.sites.queries.blocks.posts import shown_posts

__all__ = ["KINDS", "ShownCard", "add_picker", "draws", "pickers", "shown_forms", "shown_posts", "spoken"]


@dataclass(frozen=True)
class _Sort:
    view: str
    icon: str


_more = {"form": _Sort("sites:form_choices", "clipboard-list"), "posts": _Sort("sites:post_choices", "news")}


def add_picker(name: str, view: str, icon: str) -> None:
    """A higher app offers its things in the editor of sites. `view` takes the organisation's slug and answers as media's choices do."""
    _more[name] = _Sort(view, icon)


def pickers(organisation_slug: str) -> dict[str, Picker]:
    """All that one may pick from, in the workbench of one organisation."""
    ours = {name: Picker(reverse(sort.view, args=[organisation_slug]), "", "", sort.icon) for name, sort in _more.items()}
    return {**media.pickers(organisation_slug), **ours}
