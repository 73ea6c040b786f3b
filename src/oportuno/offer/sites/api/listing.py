"""Front door of programs that read sites."""

from oportuno.offer.sites.queries.listing import html_of, pages_shown, posts_shown, terms_of

__all__ = ["html_of", "pages_shown", "posts_shown", "terms_of"]
