"""What is wrong with a table, or with a line of it, in whole sentences; their data stand in `Unreadable` and `Row`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "empty": gettext_lazy("The file is empty."),
    "too_big": gettext_lazy("The file is bigger than 4 GB when unpacked. Split it into several."),
    "bomb": gettext_lazy("The file unpacks to far more than it should. It was not read any further."),
    "packed_broken": gettext_lazy("The file is packed, but it cannot be unpacked: it is damaged or cut off."),
    "zip_broken": gettext_lazy("The file begins like an Excel workbook, but it is damaged. Save it again as .xlsx."),
    "xml_broken": gettext_lazy("The Excel workbook is damaged. Open it and save it again."),
    "json_array": gettext_lazy("The file is one JSON list. Write one object per line instead (JSON Lines)."),
    "line_too_long": gettext_lazy(
        "Line %(line)s is longer than two million characters: this is not a table, or its line ends are missing."
    ),
    "cell_too_long": gettext_lazy("A cell in row %(line)s has more than a million characters."),
    "quote_open": gettext_lazy('A quotation mark that opens on line %(line)s is never closed. Put a " after the text, then try again.'),
    "too_many_columns": gettext_lazy("The table has more than %(most)s columns."),
    "too_many_rows": gettext_lazy("The table has more than %(most)s rows. Split it into several."),
    "too_many_cells": gettext_lazy("This line has more cells than there are headings. Is a text with commas without quotation marks?"),
    "line_not_object": gettext_lazy("This line must be a JSON object."),
    "letters": gettext_lazy("Some letters cannot be read (“%(value)s”). Save the file as UTF-8, then try again."),
}
