"""Front door of values of own fields: how they are read."""

from oportuno.people.audience.rules.own_fields import Unfit, read

__all__ = ["Unfit", "read"]
