"""Where on our pages the elements and blocks of WordPress are."""

from __future__ import annotations

HEADINGS = (1, 2, 3, 4, 5, 6)
WORDS = ".site-page .content"

ELEMENTS: dict[str, str] = {
    "link": ".site-main :is(.content, .entry-meta, .entry-terms, .author-box, .comments, .prev-next, .crumbs) a:not(.button, .film)",
    "button": ".site-page :is(.button.solid, .button.primary, .comment-form button, .search-box button)",
    "heading": ".site-page :is(h1, h2, h3, h4, .entry-title, .post-card-title, .archive-title)",
    "h1": ".site-main :is(h1, .entry-title, .archive-title)",
    **{f"h{level}": f"{WORDS} h{level}" for level in HEADINGS[1:]},
    "caption": f"{WORDS} figcaption",
    "cite": f"{WORDS} .block-quote figcaption",
}
BLOCKS: dict[str, str] = {
    "core/site-title": ".site-header .site-title",
    "core/site-tagline": ".site-header .site-tagline",
    "core/site-logo": ".site-header .site-logo img",
    "core/navigation": ".site-nav",
    "core/navigation-link": ".site-nav a",
    "core/post-title": ".site-main :is(.entry-title, .post-card-title)",
    "core/query-title": ".archive-header .archive-title",
    "core/term-description": ".archive-header p",
    "core/post-content": ".entry-content",
    "core/post-excerpt": ".post-card-excerpt",
    "core/post-featured-image": ":is(.entry-picture, .post-card-picture) img",
    "core/post-date": ".entry-meta",
    "core/post-author": ".author-box",
    "core/post-author-name": ".entry-meta .author",
    "core/post-author-biography": ".author-box p",
    "core/post-terms": ".entry-terms",
    "core/query": ".post-list",
    "core/post-template": ".post-list",
    "core/query-pagination": ".pagination",
    "core/post-navigation-link": ".prev-next",
    "core/comments": ".comments",
    "core/comment-template": ".comment",
    "core/comment-content": ".comment",
    "core/post-comments-form": ".comment-form",
    "core/search": ".search-box",
    "core/paragraph": f"{WORDS} > p",
    "core/heading": f"{WORDS} .block-heading",
    "core/list": f"{WORDS} .block-list",
    "core/list-item": f"{WORDS} .block-list li",
    "core/quote": f"{WORDS} .block-quote",
    "core/pullquote": f"{WORDS} .block-quote",
    "core/image": f"{WORDS} .block-image img",
    "core/gallery": f"{WORDS} .block-gallery",
    "core/video": f"{WORDS} .block-video",
    "core/audio": f"{WORDS} .block-audio",
    "core/file": f"{WORDS} .block-file",
    "core/table": f"{WORDS} .block-table",
    "core/separator": f"{WORDS} .block-divider",
    "core/code": f"{WORDS} .block-code",
    "core/preformatted": f"{WORDS} .block-code",
    "core/button": ".site-page .button.solid",
    "core/buttons": f"{WORDS} .block-button",
    "core/columns": f"{WORDS} .block-columns",
    "core/column": f"{WORDS} .column",
    "core/details": f"{WORDS} details",
    "core/latest-posts": ".related",
    "oportuno/header": ".site-header",
    "oportuno/footer": ".site-footer",
    "oportuno/card": ".post-card",
    "oportuno/entry-header": ".entry-header",
    "oportuno/sidebar": ".site-side",
    "oportuno/crumbs": ".crumbs",
}
"""Blocks of WordPress, and a few of ours for what it has as templates."""
KNOWN_ELSEWHERE = frozenset(
    {"core/group", "core/cover", "core/media-text", "core/template-part", "core/spacer", "core/social-links", "core/page-list"}
    | {"core/avatar", "core/comment-author-name", "core/comment-date", "core/comment-edit-link", "core/comment-reply-link", "core/embed"}
    | {"core/categories", "core/archives", "core/tag-cloud", "core/calendar", "core/rss", "core/verse", "core/html", "core/loginout"}
    | {"core/post-comments-count", "core/comments-title", "core/comments-pagination", "core/read-more", "core/freeform", "core/accordion"}
    | {"core/comments-pagination-next", "core/comments-pagination-previous", "core/comments-pagination-numbers", "core/query-no-results"}
    | {"core/query-pagination-next", "core/query-pagination-previous", "core/query-pagination-numbers", "core/home-link", "core/more"}
)
"""Blocks that our documents do not have: what is said of them changes nothing."""
