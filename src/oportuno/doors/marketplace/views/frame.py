"""How public pages answer: the kernel's way, which pages of lower applications share."""

from oportuno.kernel.ui.public import Meta, home_crumb, show

__all__ = ["Meta", "home_crumb", "show"]
