"""Kinds of blocks that sites bring: forms, things of the market, latest posts, testimonials, maps."""

from oportuno.offer.sites.queries.blocks import forms, posts, things, words

KINDS = (*forms.KINDS, *posts.KINDS, *things.KINDS, *words.KINDS)
