"""`sites.yaml`: how a site of this vertical begins."""

from __future__ import annotations

from typing import Literal

from .words import Noun, Slug, Text


class SiteDraft(Noun):
    """A page, or a post to finish. `body` is plain text: "## " a heading, "- " a list, "> " a quotation; {name} is the organisation.

    `finish`: its owner has to write in it first, so it is no page on show yet.
    """

    kind: Literal["page", "post"] = "page"
    title: Text
    body: Text
    finish: bool = False


class SiteTemplate(Noun):
    """For one sort of organisation; the first page is the home. `theme` is one of those that come with the product."""

    slug: Slug
    title: Text
    hint: Text
    theme: str = ""
    tagline: Text
    drafts: tuple[SiteDraft, ...]


class SiteTemplates(Noun):
    templates: tuple[SiteTemplate, ...] = ()
