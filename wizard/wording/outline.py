"""The one tree of all that is read: a report, its sections, their entries.

It says what each part is and never how it looks.  `report.text`, `report.markdown`,
`report.html` and `screen.shared.outline` lay it out; another form is one more such module, and no
text is wrapped, marked up or escaped before it.
"""

from collections.abc import Iterable

from wizard.record import Record, replace


class Citation(Record):
    """A claim and where it stands.

    `says` is the claim's paraphrase, `place` names document, section and lines, `badge` tells
    how current the document is and what to keep in mind about it.
    """

    claim: str
    source: str
    says: str
    place: str
    badge: str

    @property
    def reference(self) -> str:
        """`CLAIM, document, section, line 23; undated`: never without the badge."""
        return f"{self.claim}, {self.place}; {self.badge}"


class Link(Record):
    """Words of an entry that lead to a place: a file, with `#L12` where it is a line of it."""

    words: str
    target: str


class Item(Record):
    """An entry of a list, with entries of its own.

    `strong` marks what must be read, `quiet` a remark beside it.  `mark` is a symbol that says how
    the entry stands, such as `≠`.  `citations` are the claims that the text is taken from: the
    entry of a citation alone has no text.  `about` is what the entry leads to: `option:ID`,
    `factor:ID`.  In a section with columns, `cells` are what stands in them.  Where a section is
    told in short, `short` stands in place of the text, and an entry whose `short` is empty is
    left out.  `lines` are lines of a file, as they stand there.  Where a form can lead somewhere,
    the words of `links` do.  The entries of one that is `folded` are out of sight at first.
    `parts` is the text again, where it is one of `telling`, for a form that sets its parts apart.
    """

    text: str = ""
    items: tuple["Item", ...] = ()
    strong: bool = False
    quiet: bool = False
    mark: str = ""
    citations: tuple[Citation, ...] = ()
    about: str = ""
    cells: tuple[str, ...] = ()
    short: str | None = None
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    folded: bool = False
    parts: tuple["Item", ...] = ()

    @property
    def whole(self) -> str:
        """All of the entry in one line of text: `≠ LABEL`, `SENTENCE [CLAIM, document, line 3]`."""
        where = "; ".join(each.reference for each in self.citations)
        return " ".join(filter(None, (self.mark, self.text, where and f"[{where}]")))


class Section(Record):
    """A titled part: paragraphs, a list, and remarks on how to read both.

    `count` is how many there are of what the title names; `columns` head the cells of the entries;
    `more` names one of the entries that are left out in short, and several of them.  A `table` is
    in columns wherever lines can be, since each cell is short and entries have nothing below them.
    `about` is what it is about, where a form may treat that in a manner of its own:
    `status:possible`, `level:emergency`, `sources`.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    remarks: tuple[str, ...] = ()
    count: int | None = None
    columns: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    table: bool = False
    about: str = ""

    @property
    def heading(self) -> str:
        """The title in one line of text: `TITLE (3)`."""
        return self.title if self.count is None else f"{self.title} ({self.count})"

    def listed(self) -> tuple[Item, ...]:
        """The entries for a form without columns: cells as entries, those alike told once."""
        return tuple(_listed(each, self.columns) for each in self.items)


class Report(Record):
    """A whole report.

    `first` is a line before its sections, where what follows needs one.  `name` is the end of the
    title, where that is a name that a person gave.
    """

    title: str
    sections: tuple[Section, ...]
    first: str = ""
    name: str = ""


def section_of(title: str, about: str, items: Iterable[Item]) -> tuple[Section, ...]:
    """A section of some entries and what they are; none where there is no entry."""
    listed = tuple(items)
    return (Section(title, (about,) if about else (), listed),) if listed else ()


def entries(texts: Iterable[str | None]) -> tuple[Item, ...]:
    """A plain entry for each text that there is."""
    return tuple(Item(text) for text in texts if text)


def telling(name: str | Item, *said: str | Item, items: tuple[Item, ...] = ()) -> Item:
    """An entry that names something and tells of it, `NAME: THIS; THAT`, with its own entries."""
    first, *others = (Item(each) if isinstance(each, str) else each for each in (name, *said))
    text = f"{first.text} {'; '.join(each.text for each in others)}"
    return Item(text, items, about=first.about, parts=(first, *others))


def first_alone(items: Iterable[Item], most: int) -> tuple[Item, ...]:
    """Entries of which the first few are told in short."""
    every = tuple(items)
    return (*every[:most], *(replace(each, short="") for each in every[most:]))


def in_short(items: Iterable[Item]) -> tuple[Item, ...]:
    """Entries as they are told in short."""
    return tuple(
        replace(each, text=each.short or each.text, items=in_short(each.items))
        for each in items
        if each.short != ""
    )


def left_out(items: Iterable[Item]) -> int:
    """How many entries are left out in short."""
    return sum(1 if each.short == "" else left_out(each.items) for each in items)


def quoted(citations: Iterable[Citation]) -> tuple[Item, ...]:
    """Claims with what they say."""
    return tuple(Item(each.says, citations=(each,)) for each in citations)


def cited(citations: Iterable[Citation]) -> tuple[Item, ...]:
    """Where claims stand, without what they say."""
    return tuple(Item(citations=(each,)) for each in citations)


def _listed(item: Item, columns: tuple[str, ...]) -> Item:
    if not item.cells:
        return item
    if len(set(item.cells)) == 1:
        return replace(item, text=f"{item.text}: {item.cells[0]}", cells=())
    told = entries(f"{name}: {cell}" for name, cell in zip(columns, item.cells, strict=True))
    return replace(item, items=told, cells=())
