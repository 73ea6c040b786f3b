"""What one says of a site as a whole, of its menus, categories and authors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.ui.inputs import Cards
from oportuno.offer.sites.api import Template
from oportuno.offer.sites.models import Author, Entry, Site, Term
from oportuno.offer.sites.rules.menus import Item, Name

EMPTY = "vacio"  # of the templates: none
LANGUAGES = (("es", _("Spanish")), ("en", _("English")))


class SiteForm(forms.Form):
    """Its name, its words, its first page."""

    title = forms.CharField(label=_("Name of the site"), max_length=120)
    tagline = forms.CharField(label=_("In one line"), max_length=200, required=False)
    description = forms.CharField(label=_("What it is about"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    language = forms.ChoiceField(label=_("Language of the site"), choices=LANGUAGES)
    home = forms.ChoiceField(label=_("First page"), required=False)
    logo = forms.FileField(label=_("Logo"), required=False)
    no_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    blog_title = forms.CharField(label=_("Name of the blog"), max_length=120, required=False)
    blog_description = forms.CharField(
        label=_("What the blog is about"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    comments_open = forms.BooleanField(label=_("Readers may comment"), required=False)
    cadence_days = forms.IntegerField(label=_("A post at least every … days"), min_value=0, max_value=365)

    def __init__(self, data: Any = None, files: Any = None, *, site: Site, pages: Sequence[tuple[int, Entry]]) -> None:
        names = ("title", "tagline", "description", "language", "blog_title", "blog_description", "comments_open", "cadence_days")
        super().__init__(data, files, initial={**{name: getattr(site, name) for name in names}, "home": str(site.home_id or "")})
        self.fields["home"].choices = [  # type: ignore[attr-defined]
            ("", _("The blog")),
            *((str(one.pk), "— " * depth + one.title) for depth, one in pages),
        ]


class FoundingForm(forms.Form):
    """How a site begins."""

    title = forms.CharField(label=_("Name of the site"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the site"), choices=LANGUAGES)
    template = forms.ChoiceField(label=_("Begin with"), widget=Cards)

    def __init__(self, data: Any = None, *, initial: dict[str, Any], templates: Sequence[Template]) -> None:
        super().__init__(data, initial={"template": templates[0].slug if templates else EMPTY, **initial})
        ways = [
            *((one.slug, one.title, one.hint) for one in templates),
            (EMPTY, _("An empty site"), _("One page, and the rest is up to you.")),
        ]
        self.fields["template"].choices = [(slug, title) for slug, title, _hint in ways]  # type: ignore[attr-defined]
        self.fields["template"].widget.hints = {slug: hint for slug, _title, hint in ways}  # type: ignore[attr-defined]

    def clean_template(self) -> str:
        chosen: str = self.cleaned_data["template"]
        return "" if chosen == EMPTY else chosen


class TermForm(forms.Form):
    """A category or a tag."""

    name = forms.CharField(label=_("Name"), max_length=120)
    slug = forms.CharField(label=_("Address"), max_length=90, required=False)
    description = forms.CharField(label=_("Description"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    parent = forms.ChoiceField(label=_("Below the category"), required=False)

    def __init__(self, data: Any = None, *, term: Term | None = None, kind: str, categories: Sequence[Term] = ()) -> None:
        given = {"name": term.name, "slug": term.slug, "description": term.description, "parent": str(term.parent_id or "")} if term else {}
        super().__init__(data, initial=given)
        if kind == "tag":
            del self.fields["parent"]
        else:
            others = [(str(one.pk), one.name) for one in categories if term is None or one.pk != term.pk]
            self.fields["parent"].choices = [("", _("None: at the top")), *others]  # type: ignore[attr-defined]


class AuthorForm(forms.Form):
    """Who signs. Links: one in a line, "words address"."""

    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.CharField(label=_("What she or he does"), max_length=120, required=False)
    bio = forms.CharField(label=_("In a few sentences"), max_length=1200, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    picture = forms.FileField(label=_("Portrait"), required=False)
    no_picture = forms.BooleanField(label=_("Take the picture away"), required=False)
    links = forms.CharField(label=_("Links"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, files: Any = None, *, author: Author | None = None) -> None:
        given: dict[str, Any] = {}
        if author:
            links = "\n".join(f"{one['label']} {one['address']}" for one in author.links)
            given = {"name": author.name, "role": author.role, "bio": author.bio, "links": links}
        super().__init__(data, files, initial=given)

    def clean_links(self) -> list[dict[str, str]]:
        """Raises ValidationError for a line without an address."""
        found = []
        for line in self.cleaned_data["links"].splitlines():
            if not line.strip():
                continue
            label, _space, address = line.strip().rpartition(" ")
            if not address.startswith(("https://", "http://")):
                raise forms.ValidationError(_("Write the words and then the address in each line: LinkedIn https://…"))
            found.append({"label": (label or address.split("/")[2])[:60], "address": address[:500]})
        return found[:10]


MOST_LINES = 12


class MenuForm(forms.Form):
    """One menu: lines with their words, where they lead, and whether they stand below the line above."""

    def __init__(self, data: Any = None, *, name: Name, items: Sequence[Item], pages: Sequence[tuple[int, Entry]]) -> None:
        self.name = name
        lines = [(one, below) for top in items for one, below in ((top, False), *((child, True) for child in top.items))]
        super().__init__(data, prefix=name)
        choices = [
            ("", _("Nowhere")),
            ("blog", _("The blog")),
            *((str(one.pk), "— " * depth + one.title) for depth, one in pages),
            ("address", _("An address:")),
        ]
        for number in range(max(len(lines) + 3, 4)):
            item, below = lines[number] if number < len(lines) else (None, False)
            self.fields[f"label_{number}"] = forms.CharField(
                label=_("Words"), max_length=60, required=False, initial=item.label if item else ""
            )
            leads = "blog" if item and item.blog else "address" if item and item.address else str(item.entry or "") if item else ""
            self.fields[f"to_{number}"] = forms.ChoiceField(label=_("Leads to"), choices=choices, required=False, initial=leads)
            self.fields[f"address_{number}"] = forms.CharField(
                label=_("Address"), max_length=500, required=False, initial=item.address if item else ""
            )
            self.fields[f"below_{number}"] = forms.BooleanField(label=_("Below the line above"), required=False, initial=below)
            self.fields[f"place_{number}"] = forms.IntegerField(
                label=_("Place"),
                min_value=0,
                max_value=999,
                required=False,
                initial=number + 1,
                widget=forms.NumberInput(attrs={"size": 3}),
            )
        self.count = max(len(lines) + 3, 4)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its lines, as templates draw them."""
        parts = ("label", "to", "address", "below", "place")
        return [{part: self[f"{part}_{number}"] for part in parts} for number in range(self.count)]

    def lines(self) -> list[dict[str, Any]]:
        """What was said, in its order, as rules.menus reads it."""
        said = self.cleaned_data
        numbers = [n for n in range(self.count) if said[f"label_{n}"].strip()]
        found: list[dict[str, Any]] = []
        for n in sorted(numbers, key=lambda n: (said[f"place_{n}"] or 0, n)):
            line = {"label": said[f"label_{n}"], **_target(said[f"to_{n}"], said[f"address_{n}"])}
            if said[f"below_{n}"] and found:
                found[-1].setdefault("items", []).append(line)
            else:
                found.append(line)
        return found


def _target(to: str, address: str) -> dict[str, Any]:
    if to == "blog":
        return {"blog": True}
    if to == "address" or (not to and address.strip()):
        return {"address": address.strip()}
    return {"entry": UUID(to)} if to else {}
