"""Reading WXR with expat, one item in memory at a time.

Entities and document types are refused (threat T14). The prefixes of a file are its own business: elements are told by their
namespaces, of WXR 1.0, 1.1 and 1.2, with http or https.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from oportuno.kernel.packed import Unreadable

from .shapes import Author, Comment, Filed, Head, Item, Record, Term

VERSIONS = ("1.0", "1.1", "1.2")
CHUNK = 64 * 1024
MOST_LETTERS = 32 * 2**20
"""Of one item with its comments: a whole book has one or two million."""
MOST_PARTS = 500_000
"""Elements of one item: a post with twenty thousand comments has about these."""
DEEPEST = 12
EXPORT = re.compile(r"https?://(?:www\.)?wordpress\.org/export/[\d.]+/(excerpt/)?")
PREFIXES = {"http://purl.org/rss/1.0/modules/content/": "content", "http://purl.org/dc/elements/1.1/": "dc"}
COLLECTED = {"item", "wp:author", "wp:category", "wp:tag", "wp:term"}
SAID = {"title", "description", "language", "link", "wp:wxr_version", "wp:base_site_url", "wp:base_blog_url"}
MISMATCHES = {expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]}
CUT_OFF = {
    expat.errors.codes[said]
    for said in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
}
ENCODINGS = {expat.errors.codes[name] for name in (expat.errors.XML_ERROR_UNKNOWN_ENCODING, expat.errors.XML_ERROR_INCORRECT_ENCODING)}


def read(file: BinaryIO) -> Iterator[Record]:
    """What the file holds, in its order; the Head comes before the first item.

    Raises Unreadable as soon as it is clear that this is no whole WXR file: whoever wants all or nothing reads it to its end first.
    """
    return _Reader(file).records()


class _Element:
    """A leaf or a branch of what is being collected."""

    __slots__ = ("attributes", "children", "name", "texts")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.texts: list[str] = []
        self.children: list[_Element] = []

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def leaves(self) -> dict[str, str]:
        """The words of each child; of several of one name, the last."""
        return {child.name: child.text.strip() for child in self.children}

    def all(self, name: str) -> Iterator[_Element]:
        return (child for child in self.children if child.name == name)


class _Reader:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._depth = 0
        self._above: list[_Element] = []
        self._letters = self._parts = 0
        self._done: deque[Record] = deque()
        self._said: dict[str, str] = {}
        self._words: list[str] | None = None
        self._is_told = False
        self._trouble: Unreadable | None = None  # a broken file is called broken, wherever it is also no WXR
        self._names: dict[str, str] = {}
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters_come
        parser.StartDoctypeDeclHandler = self._doctype

    def records(self) -> Iterator[Record]:
        is_first = True
        try:
            while chunk := self._file.read(CHUNK):
                if is_first:
                    chunk, is_first = _bare(chunk), not _bare(chunk)
                self._parser.Parse(chunk, False)
                while self._done:
                    yield self._done.popleft()
            if is_first:
                raise Unreadable("empty")
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise _unreadable(error) from None
        except (LookupError, UnicodeError, ValueError):
            raise Unreadable("not_text") from None
        if self._trouble:
            raise self._trouble
        if not self._is_told:
            self._tell()
        yield from self._done

    def _doctype(self, *_said: object) -> NoReturn:
        raise Unreadable("doctype", line=self._line)

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def _name(self, told: str) -> str:
        """ "wp:status" for what expat calls by its namespace."""
        if (name := self._names.get(told)) is None:
            space, _blank, local = told.rpartition(" ")
            found = EXPORT.fullmatch(space)
            prefix = ("excerpt" if found[1] else "wp") if found else PREFIXES.get(space, "" if not space else "other")
            name = f"{prefix}:{local}" if prefix else local
            if len(self._names) < 1_000:
                self._names[told] = name
        return name

    def _start(self, told: str, attributes: dict[str, str]) -> None:
        name = self._name(told)
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("deep", line=self._line)
        if self._depth <= 2:
            if name != ("rss", "channel")[self._depth - 1] and not (self._depth == 2 and name.startswith("other:")):
                self._trouble = self._trouble or Unreadable("not_wxr", line=self._line)
        elif self._above:
            self._parts += 1
            if self._parts > MOST_PARTS:
                raise Unreadable("item_too_big", line=self._line)
            element = _Element(name, attributes)
            self._above[-1].children.append(element)
            self._above.append(element)
        elif self._trouble:
            return
        elif self._depth == 3 and name in COLLECTED:
            self._letters = self._parts = 0
            self._above.append(_Element(name, attributes))
        elif self._depth == 3 and name in SAID and not self._is_told:
            self._words = []

    def _letters_come(self, letters: str) -> None:
        if self._above:
            self._letters += len(letters)
            if self._letters > MOST_LETTERS:
                raise Unreadable("item_too_big", line=self._line)
            self._above[-1].texts.append(letters)
        elif self._words is not None and sum(map(len, self._words)) < 10_000:
            self._words.append(letters)

    def _end(self, told: str) -> None:
        self._depth -= 1
        if self._above:
            element = self._above.pop()
            if not self._above:
                self._collect(element)
        elif self._words is not None:
            self._said.setdefault(self._name(told), "".join(self._words).strip())
            self._words = None

    def _collect(self, element: _Element) -> None:
        if element.name == "item" and not self._is_told:
            self._tell()
        self._done.append(_record(element, self._line))

    def _tell(self) -> None:
        """The Head, once all that stands before the first item was heard. A file without a version may be any other feed."""
        said = self._said
        if not (version := said.get("wp:wxr_version", "")):
            raise Unreadable("no_version", line=self._line)
        if version not in VERSIONS:
            raise Unreadable("version", line=self._line, value=version[:20])
        self._is_told = True
        address = said.get("wp:base_blog_url") or said.get("wp:base_site_url") or said.get("link", "")
        self._done.append(
            Head(version, said.get("title", ""), said.get("description", ""), said.get("language", ""), address.rstrip("/")[:300])
        )


def _bare(chunk: bytes) -> bytes:
    """Blank lines before the XML declaration are what plugins most often spoil a file with; they mean nothing."""
    return chunk if chunk[:2] in (b"\xff\xfe", b"\xfe\xff") else chunk.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")


def _unreadable(error: expat.ExpatError) -> Unreadable:
    """Line and column are expat's own, from 1 and from 0."""
    code = (
        "mismatch"
        if error.code in MISMATCHES
        else "cut_off"
        if error.code in CUT_OFF
        else "not_text"
        if error.code in ENCODINGS
        else "not_well_formed"
    )
    return Unreadable(code, line=error.lineno, column=error.offset, said=expat.ErrorString(error.code))


def _record(element: _Element, line: int) -> Record:
    if element.name == "item":
        return _item(element, line)
    said = element.leaves()
    number = said.get("wp:term_id", "")
    if element.name == "wp:author":
        login = said.get("wp:author_login", "")
        return Author(login, said.get("wp:author_display_name", ""), said.get("wp:author_email", ""), said.get("wp:author_id", ""))
    if element.name == "wp:category":
        slug, parent = said.get("wp:category_nicename", ""), said.get("wp:category_parent", "")
        return Term("category", "category", slug, said.get("wp:cat_name", ""), parent, said.get("wp:category_description", ""), number)
    if element.name == "wp:tag":
        return Term(
            "tag", "post_tag", said.get("wp:tag_slug", ""), said.get("wp:tag_name", ""), "", said.get("wp:tag_description", ""), number
        )
    taxonomy, slug, parent = said.get("wp:term_taxonomy", ""), said.get("wp:term_slug", ""), said.get("wp:term_parent", "")
    return Term("term", taxonomy, slug, said.get("wp:term_name", ""), parent, said.get("wp:term_description", ""), number)


def _item(element: _Element, line: int) -> Item:
    said = element.leaves()
    whole = {child.name: child.text for child in element.children if child.name in ("content:encoded", "excerpt:encoded")}
    return Item(
        line=line,
        number=said.get("wp:post_id", ""),
        kind=said.get("wp:post_type") or "post",
        status=said.get("wp:status") or "publish",
        slug=said.get("wp:post_name", ""),
        title=said.get("title", ""),
        link=said.get("link", ""),
        guid=said.get("guid", ""),
        author=said.get("dc:creator", ""),
        date=said.get("wp:post_date", ""),
        date_gmt=said.get("wp:post_date_gmt", ""),
        pub_date=said.get("pubDate", ""),
        modified_gmt=said.get("wp:post_modified_gmt", ""),
        content=whole.get("content:encoded", ""),
        excerpt=whole.get("excerpt:encoded", ""),
        parent=said.get("wp:post_parent", ""),
        position=said.get("wp:menu_order") or "0",
        password=said.get("wp:post_password", ""),
        sticky=said.get("wp:is_sticky", ""),
        comment_status=said.get("wp:comment_status", ""),
        attachment=said.get("wp:attachment_url", ""),
        filed=tuple(_filed(child) for child in element.all("category")),
        meta=tuple(_meta(child, "wp:meta_key", "wp:meta_value") for child in element.all("wp:postmeta")),
        comments=tuple(_comment(child) for child in element.all("wp:comment")),
    )


def _filed(element: _Element) -> Filed:
    return Filed(element.attributes.get("domain", "category"), element.attributes.get("nicename", ""), element.text.strip())


def _meta(element: _Element, key: str, value: str) -> tuple[str, str]:
    said = element.leaves()
    return said.get(key, ""), said.get(value, "")


def _comment(element: _Element) -> Comment:
    said = element.leaves()
    return Comment(
        number=said.get("wp:comment_id", ""),
        author=said.get("wp:comment_author", ""),
        email=said.get("wp:comment_author_email", ""),
        address=said.get("wp:comment_author_url", ""),
        date=said.get("wp:comment_date", ""),
        date_gmt=said.get("wp:comment_date_gmt", ""),
        text=said.get("wp:comment_content", ""),
        approved=said.get("wp:comment_approved", "1"),
        kind=said.get("wp:comment_type") or "comment",
        parent=said.get("wp:comment_parent") or "0",
        meta=tuple(_meta(child, "wp:meta_key", "wp:meta_value") for child in element.all("wp:commentmeta")),
    )
