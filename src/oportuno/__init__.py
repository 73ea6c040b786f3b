"""Oportuno: an open e-marketplace that matures relationships before it makes sales."""
