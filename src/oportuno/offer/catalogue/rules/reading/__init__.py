"""Reading the files people bring, one row at a time, with bounds: nothing here trusts a file's size, encoding or promises."""

from oportuno.offer.catalogue.rules.reading.bounds import Unreadable
from oportuno.offer.catalogue.rules.reading.table import Row, Table, open_table

__all__ = ["Row", "Table", "Unreadable", "open_table"]
