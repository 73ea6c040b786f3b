"""A page that stands for a document of the demo: a PDF that opens, and says what it is not."""

from __future__ import annotations

HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


def paper(title: str, company: str) -> bytes:
    """One A4 page with a title, the company and the remark that it is of a demo."""
    lines = ((title, 20, 760), (company, 14, 730), ("Documento de demostración, sin valor.", 11, 700))
    text = "".join(f"BT /F1 {size} Tf 60 {height} Td ({_escaped(words)}) Tj ET\n" for words, size, height in lines).encode(
        "cp1252", "replace"
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    out, places = HEAD, []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
