"""The words of the design system, by what they draw. `templatetags/ui.py` gathers them; every template knows them."""

from django import template

register = template.Library()
