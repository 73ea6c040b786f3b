"""`bulletins.yaml`: how bulletins of this vertical begin."""

from __future__ import annotations

from typing import Literal

from .words import Noun, Slug, Text


class BulletinTemplate(Noun):
    """`body` is plain text: "## " a heading, "- " a list, "> " a quotation, with {{ name }} and its kin; of a text message all it says."""

    slug: Slug
    channel: Literal["email", "sms"] = "email"
    title: Text
    hint: Text
    subject: Text | None = None
    preheader: Text | None = None
    body: Text


class Bulletins(Noun):
    templates: tuple[BulletinTemplate, ...] = ()
