"""Tables that people bring (CSV, XLSX, JSON Lines), one row at a time, with bounds: nothing here trusts a file's size, encoding or promises."""

from oportuno.kernel.tables.bounds import Unreadable
from oportuno.kernel.tables.table import Row, Table, open_table

__all__ = ["Row", "Table", "Unreadable", "open_table"]
