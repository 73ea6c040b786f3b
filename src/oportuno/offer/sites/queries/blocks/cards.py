"""What a card in a document shows of something: whoever owns the thing makes it, blocks draw it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from oportuno.kernel.content.rendering.cards import mail_card
from oportuno.kernel.content.rendering.page import Page


@dataclass(frozen=True, slots=True)
class ShownCard:
    """`href` is whole, for it may be shown on any host; `src` a picture in its usual size; `note` the price or the mark of it."""

    title: str
    href: str
    action: str
    lead: str = ""
    note: str = ""
    src: str = ""
    srcset: str = ""
    alt: str = ""


def spoken(language: str) -> str:
    """The whole name of a document's language: "es" and "en" are those of the market."""
    return "en-us" if language.startswith("en") else language if language.startswith("es-") else "es-co"


def card_html(card: ShownCard, kind: str, look: str, page: Page) -> str:
    """One link, with a picture and at most three lines."""
    more = f' srcset="{escape(card.srcset)}" sizes="(min-width: 48rem) 20rem, 100vw"' if card.srcset else ""
    drawn = f'<img src="{page.address(card.src)}"{more} alt="{escape(card.alt)}" loading="lazy" decoding="async">' if card.src else ""
    lines = "".join(
        f'<span class="card-{name}">{escape(words)}</span>' for name, words in (("lead", card.lead), ("note", card.note)) if words
    )
    return (
        f'<div class="block-card of-{kind}{f" {look}" if look else ""}"><a href="{page.address(card.href)}">'
        f'{f"""<span class="card-picture">{drawn}</span>""" if drawn else ""}<span class="card-words"><strong class="card-title">{escape(card.title)}</strong>'
        f'{lines}<span class="card-action">{escape(card.action)}</span></span></a></div>'
    )


def card_mjml(card: ShownCard, page: Page) -> str:
    return mail_card(
        page, title=card.title, href=card.href, action=card.action, lines=[card.lead], note=card.note, src=card.src, alt=card.alt
    )


def card_text(card: ShownCard, page: Page) -> str:
    href = f"{page.base}{card.href}" if card.href.startswith("/") else card.href
    return "\n".join(part for part in (card.title, card.lead, card.note, f"{card.action}: {href}") if part)
