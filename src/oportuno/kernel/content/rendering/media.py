"""Pictures, films and sound, drawn. What the library no longer has is left out."""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from ..blocks.media import Audio, File, Gallery, Image, Picture, Video, film_of
from ..inline import plain
from ..kinds import Kind, Part
from ..sources import ShownFile, ShownPicture
from .cards import WIDE, mail_button, mail_tiles
from .page import Page

FILMS = {"youtube": ("YouTube", "https://www.youtube.com/watch?v={}"), "vimeo": ("Vimeo", "https://vimeo.com/{}")}
"""Name and page of each."""
SMALL, ACROSS = 260, 3
"""Pixels of a small picture in a mail; pictures side by side in one, at most."""


def picture_html(shown: ShownPicture, alt: str, page: Page, *, sizes: str = "(min-width: 48rem) 46rem, 100vw") -> str:
    """An <img> that keeps its place while it loads, in a <picture> where there is a lighter one."""
    more = f' srcset="{escape(shown.srcset)}" sizes="{sizes}"' if shown.srcset else ""
    look = f' class="{escape(shown.focus)}"' if shown.focus else ""
    drawn = (
        f'<img src="{page.address(shown.src)}"{more} width="{shown.width}" height="{shown.height}"'
        f' alt="{escape(alt or shown.alt)}"{look} loading="lazy" decoding="async">'
    )
    if not shown.avif:
        return drawn
    return f'<picture><source type="image/avif" srcset="{escape(shown.avif)}" sizes="{sizes}">{drawn}</picture>'


def image_html(one: Image, page: Page) -> str:
    shown: ShownPicture | None = page.shown("picture", one.picture)
    if shown is None:
        return ""
    drawn = picture_html(shown, one.alt, page)
    linked = f'<a href="{page.address(one.href)}">{drawn}</a>' if one.href else drawn
    look = f"block-image {one.width}" if one.width else "block-image"
    return f'<figure class="{look}">{linked}{_caption(one.caption)}</figure>'


def image_mjml(one: Image, page: Page) -> str:
    shown: ShownPicture | None = page.shown("picture", one.picture)
    if shown is None:
        return ""
    href = f' href="{page.address(one.href)}"' if one.href else ""
    width = min(shown.width, SMALL if one.width == "small" else WIDE)
    below = f'<mj-text css-class="caption"><p>{page.inline(one.caption)}</p></mj-text>' if one.caption else ""
    return f'<mj-image src="{page.picture(shown.src)}" alt="{escape(one.alt or shown.alt)}" width="{width}px"{href} />{below}'


def image_text(one: Image, page: Page) -> str:
    words = [part for part in (one.alt, plain(one.caption)) if part]
    return f"[{' – '.join(words)}]" if words else ""


def gallery_html(one: Gallery, page: Page) -> str:
    drawn = [_tile(picture, page) for picture in one.pictures]
    shown = [tile for tile in drawn if tile]
    return f'<ul class="block-gallery of-{one.columns}">' + "".join(shown) + "</ul>" if shown else ""


def _tile(one: Picture, page: Page) -> str:
    shown: ShownPicture | None = page.shown("picture", one.picture)
    if shown is None:
        return ""
    drawn = picture_html(shown, one.alt, page, sizes="(min-width: 48rem) 16rem, 50vw")
    return f"<li><figure>{drawn}{_caption(one.caption)}</figure></li>"


def gallery_mjml(one: Gallery, page: Page) -> str:
    tiles = [tile for each in one.pictures if (tile := _mail_tile(each, page))]
    across = min(one.columns, ACROSS, len(tiles))
    if across < 2:
        return "".join(image_mjml(Image(picture=each.picture, alt=each.alt, caption=each.caption), page) for each in one.pictures)
    return mail_tiles(tiles, across)


def _mail_tile(one: Picture, page: Page) -> str:
    shown: ShownPicture | None = page.shown("picture", one.picture)
    if shown is None:
        return ""
    below = f"<p>{page.inline(one.caption)}</p>" if one.caption else ""
    return f'<img src="{page.picture(shown.src)}" alt="{escape(one.alt or shown.alt)}" width="100%">{below}'


def gallery_text(one: Gallery, page: Page) -> str:
    lines = [image_text(Image(picture=each.picture, alt=each.alt, caption=each.caption), page) for each in one.pictures]
    return "\n".join(line for line in lines if line)


def video_html(one: Video, page: Page) -> str:
    """Ours plays in place. A film of others is a link to it, with a picture of ours: nothing is asked of them before somebody goes there."""
    poster: ShownPicture | None = page.shown("picture", one.poster) if one.poster else None
    title = one.title or _("Video")
    if one.file:
        shown: ShownFile | None = page.shown("file", one.file)
        if shown is None:
            return ""
        cover = f' poster="{page.address(poster.src)}"' if poster else ""
        drawn = (
            f'<video controls preload="none" playsinline{cover} aria-label="{escape(title)}">'
            f'<source src="{page.address(shown.src)}" type="{escape(shown.mime)}"></video>'
        )
    else:
        drawn = _film(one.url, title, poster, page)
    return f'<figure class="block-video">{drawn}{_caption(one.caption)}</figure>' if drawn else ""


def _film(url: str, title: str, poster: ShownPicture | None, page: Page) -> str:
    film = film_of(url)
    if film is None:
        return ""
    owner, watch = FILMS[film[0]]
    cover = picture_html(poster, "", page) if poster else ""
    says = _("Play on %(owner)s: %(title)s") % {"owner": owner, "title": title}
    return f'<a class="film" href="{escape(watch.format(film[1]))}" rel="noopener">{cover}<span>{escape(says)}</span></a>'


def video_mjml(one: Video, page: Page) -> str:
    """Mail plays nothing: a picture and a way there."""
    href = _watch(one, page)
    if not href:
        return ""
    poster: ShownPicture | None = page.shown("picture", one.poster) if one.poster else None
    title = escape(one.title or _("Video"))
    cover = (
        f'<mj-image src="{page.picture(poster.src)}" alt="{title}" width="{min(poster.width, WIDE)}px" href="{href}" />' if poster else ""
    )
    return cover + mail_button(href, f"▶ {one.title or _('Video')}", outlined=True)


def video_text(one: Video, page: Page) -> str:
    title = one.title or _("Video")
    return _below(f"{title}: {_watch(one, page)}", one.caption)


def _watch(one: Video, page: Page) -> str:
    if one.file:
        shown: ShownFile | None = page.shown("file", one.file)
        return page.address(shown.src) if shown else ""
    film = film_of(one.url)
    return escape(FILMS[film[0]][1].format(film[1])) if film else ""


def audio_html(one: Audio, page: Page) -> str:
    shown: ShownFile | None = page.shown("file", one.file)
    if shown is None:
        return ""
    title = escape(one.title or shown.name)
    drawn = (
        f'<audio controls preload="none" aria-label="{title}"><source src="{page.address(shown.src)}" type="{escape(shown.mime)}"></audio>'
    )
    return f'<figure class="block-audio"><p>{title}</p>{drawn}{_caption(one.caption)}</figure>'


def audio_mjml(one: Audio, page: Page) -> str:
    title = one.title or _("Listen")
    return _button(one.file, f"♪ {title}", page)


def audio_text(one: Audio, page: Page) -> str:
    return _below(_line(one.file, one.title, page), one.caption)


def file_html(one: File, page: Page) -> str:
    shown: ShownFile | None = page.shown("file", one.file)
    if shown is None:
        return ""
    return f'<p class="block-file"><a href="{page.address(shown.src)}" download>{escape(one.label or shown.name)}</a></p>'


def file_mjml(one: File, page: Page) -> str:
    return _button(one.file, one.label, page)


def file_text(one: File, page: Page) -> str:
    return _line(one.file, one.label, page)


def _button(name: str, label: str, page: Page) -> str:
    shown: ShownFile | None = page.shown("file", name)
    if shown is None:
        return ""
    return mail_button(page.address(shown.src), label or shown.name, outlined=True)


def _line(name: str, label: str, page: Page) -> str:
    shown: ShownFile | None = page.shown("file", name)
    return f"{label or shown.name}: {page.base}{shown.src}" if shown else ""


def _below(line: str, caption: str) -> str:
    """In plain text, too, words stand below what they are about."""
    return "\n".join(part for part in (line, plain(caption)) if part)


def _caption(words: str) -> str:
    return f"<figcaption>{words}</figcaption>" if words else ""


CAPTION = Part("caption", "words", pgettext_lazy("editor", "Words below"))
POSTER = Part("poster", "pick", pgettext_lazy("editor", "Picture before it plays"), of="picture")
TITLE = Part("title", "line", pgettext_lazy("editor", "What it is called"))
ALT = Part(
    "alt",
    "line",
    pgettext_lazy("editor", "What is to be seen"),
    hint=pgettext_lazy("editor", "For who does not see it. Leave it empty when the picture only decorates."),
)
WIDTHS = (
    ("", pgettext_lazy("editor", "As the text")),
    ("wide", pgettext_lazy("editor", "Wider")),
    ("full", pgettext_lazy("editor", "The whole page")),
    ("small", pgettext_lazy("editor", "Small")),
)

KINDS = [
    Kind(
        Image, image_html, image_mjml, image_text, pgettext_lazy("editor", "Picture"), "photo",
        (
            Part("picture", "pick", pgettext_lazy("editor", "Picture"), required=True, of="picture"),
            ALT, CAPTION,
            Part("width", "choice", pgettext_lazy("editor", "Width"), choices=WIDTHS),
            Part("href", "address", pgettext_lazy("editor", "Leads to")),
        ),
    ),
    Kind(
        Gallery, gallery_html, gallery_mjml, gallery_text, pgettext_lazy("editor", "Gallery"), "photo-scan",
        (
            Part("pictures", "picks", pgettext_lazy("editor", "Pictures"), required=True, of="picture", key="picture", alt="alt"),
            Part("columns", "number", pgettext_lazy("editor", "Side by side"), usual=3, least=1, most=6),
        ),
    ),
    Kind(
        Video, video_html, video_mjml, video_text, pgettext_lazy("editor", "Video"), "video",
        (
            Part("url", "address", pgettext_lazy("editor", "Address on YouTube or Vimeo"), hint=pgettext_lazy("editor", "Nothing is asked of them before somebody plays it.")),
            Part("file", "pick", pgettext_lazy("editor", "Or a film of yours"), of="video"),
            POSTER, TITLE, CAPTION,
        ),
    ),
    Kind(
        Audio, audio_html, audio_mjml, audio_text, pgettext_lazy("editor", "Sound"), "headphones",
        (Part("file", "pick", pgettext_lazy("editor", "Sound"), required=True, of="audio"), TITLE, CAPTION),
    ),
    Kind(
        File, file_html, file_mjml, file_text, pgettext_lazy("editor", "File"), "file-download",
        (Part("file", "pick", pgettext_lazy("editor", "File"), required=True, of="file"), Part("label", "line", pgettext_lazy("editor", "What the link says"))),
    ),
]  # fmt: skip
