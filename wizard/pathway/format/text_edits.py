"""Edits of a YAML text a line at a time: what is not edited stays, and every comment does."""

from collections.abc import Iterable, Mapping, Sequence

from wizard.pathway.format.written import Collection, Scalar, Written, text_lines, written
from wizard.record import Record

STEP = "  "


class NotInLinesError(ValueError):
    """A text that has no lines of their own for what is to be changed."""


class _Part(Record):
    """An entry: its value, and the lines from that of its key to its last."""

    value: Written
    first: int
    last: int


class TextEdits:
    """Changes of the entries of a text that is a mapping with lines of its own.

    `order` is that of its keys, by which new ones are put in; `former` has present names, as a
    pathway does.  Raises NotInLinesError where the text is laid out otherwise.
    """

    def __init__(self, text: str, order: Sequence[str], former: Mapping[str, str]) -> None:
        self._written = written(text)
        self._order = order
        self._former = former
        root = self._written.root
        if not isinstance(root, Collection) or root.flow or not root.mapping:
            raise NotInLinesError
        self._parts = self._parts_of(root)
        self._indent = " " * root.first[1]
        self._replaced: dict[int, tuple[int, list[str]]] = {}
        self._put_in: list[tuple[int, bool, int, tuple[str, ...]]] = []
        """Before which line, whether a key of the whole, its rank, and the new lines."""

    def text(self) -> str:
        """The text with all edits."""
        lines = list(self._written.lines)
        found: list[str] = []
        new = sorted(self._put_in, key=lambda each: each[:3])
        at = 0
        while at <= len(lines):
            found += [line for place, _, _, put in new if place == at for line in put]
            if at in self._replaced:
                at, instead = self._replaced[at]
                found += instead
                continue
            found += lines[at : at + 1]
            at += 1
        return "\n".join([*found, ""] if found[-1] else found)

    def has(self, name: str) -> bool:
        """Whether the text has a key."""
        return name in self._parts

    def put(self, name: str, lines: Sequence[str], *, unchanged: bool) -> None:
        """Have these lines for a key, unless what stands there says the same."""
        part = self._parts.get(name)
        if part is None:
            self._insert(name, lines)
        elif not unchanged and not _says(part.value, name, lines):
            self._replace(part, self._indent, lines)

    def drop(self, names: Iterable[str]) -> None:
        """Take keys out with what stands under them."""
        for name in names:
            if name in self._parts:
                self._replace(self._parts[name], self._indent, ())

    def put_entries(
        self, name: str, entries: Mapping[str, str], same: set[str], *, needed: bool = False
    ) -> None:
        """Have these entries under a key, each in its line; those that are the `same` stay.

        Without entries the key goes, unless it is `needed`.
        """
        part = self._parts.get(name)
        whole = [f"{name}:", *(f"{STEP}{key}: {value}" for key, value in entries.items())]
        whole = whole if entries else [f"{name}: {{}}"]
        if part is None:
            if entries or needed:
                self._insert(name, whole)
            return
        value = part.value
        mapping = value if isinstance(value, Collection) and value.mapping else None
        present = self._present_names(mapping)
        if present.keys() == entries.keys() == same and present.keys() == set(present.values()):
            return
        if not entries and not needed:
            self.drop([name])
        elif mapping is None or mapping.flow or not entries:
            if entries or present:
                self._replace(part, self._indent, whole)
        else:
            self._edit_entries(part, mapping, entries, same)

    def put_items(self, name: str, items: Sequence[str], begun: int) -> None:
        """Have these items under a key, which stands last; the first `begun` are there already."""
        part = self._parts.get(name)
        whole = [f"{name}:", *(f"{STEP}- {each}" for each in items)]
        if part is None:
            if items:
                behind = 1 + max(each.last for each in self._parts.values())
                lines = tuple(self._indent + each for each in whole)
                self._put_in.append((behind, True, len(self._order), lines))
            return
        value = part.value
        if begun and isinstance(value, Collection) and not value.flow:
            indent = " " * value.start[1]
            new = tuple(f"{indent}- {each}" for each in items[begun:])
            self._put_in.append((part.last + 1, False, 0, new))
        else:
            self._replace(part, self._indent, whole if items else ())

    # --- parts -------------------------------------------------------------------------------

    def _parts_of(self, mapping: Collection) -> dict[str, _Part]:
        return {
            key.value: _Part(value, key.start[0], max(key.end[0], self._last(value)))
            for key, value in mapping.entries
            if key is not None
        }

    def _last(self, value: Written) -> int:
        """The last line of a value; -1 where nothing is written."""
        if isinstance(value, Scalar):
            if value.style in {"|", ">"}:
                lines = text_lines(self._written.lines, value)
                return lines[-1] if lines else value.start[0]
            return -1 if value.empty else value.end[0]
        if value.flow:
            return value.end[0]
        keys = [key.end[0] for key, _ in value.entries if key is not None]
        return max([value.start[0], *keys, *(self._last(each) for _, each in value.entries)])

    def _present_names(self, mapping: Collection | None) -> dict[str, str]:
        """The keys by what they are called now; of two that are one, the first."""
        names: dict[str, str] = {}
        for key, _ in () if mapping is None else mapping.entries:
            if key is not None:
                names.setdefault(self._former.get(f"factor {key.value}", key.value), key.value)
        return names

    def _edit_entries(
        self, part: _Part, mapping: Collection, entries: Mapping[str, str], same: set[str]
    ) -> None:
        parts = self._parts_of(mapping)
        names = self._present_names(mapping)
        indent = " " * mapping.first[1]
        now = {own: name for name, own in names.items()}
        for own, each in parts.items():
            name = now.get(own)
            if name is None or name not in entries:
                self._replace(each, indent, ())
            elif name != own or name not in same:
                self._replace(each, indent, [f"{name}: {entries[name]}"])
        behind = part.first + 1
        for rank, (name, value) in enumerate(entries.items()):
            if name in names:
                behind = parts[names[name]].last + 1
            else:
                self._put_in.append((behind, False, rank, (f"{indent}{name}: {value}",)))

    def _insert(self, name: str, lines: Sequence[str]) -> None:
        """Put a key in behind the nearest that comes before it in the order."""
        rank = self._order.index(name)
        before = [self._parts[each].last + 1 for each in self._order[:rank] if each in self._parts]
        first = min(each.first for each in self._parts.values())
        place = before[-1] if before else first
        self._put_in.append((place, True, rank, tuple(self._indent + each for each in lines)))

    def _replace(self, part: _Part, indent: str, lines: Sequence[str]) -> None:
        """Lines in place of a part; its comments stay, behind its first line or above it."""
        within = [
            each for each in self._written.comments if part.first <= each.start[0] <= part.last
        ]
        behind = [each for each in within if each.start[0] == part.first and lines]
        above = [indent + each.text for each in within if each not in behind]
        new = [indent + each for each in lines]
        if behind:
            new[0] = f"{new[0]}  {behind[0].text}"
        self._replaced[part.first] = (part.last + 1, [*above, *new])


def _says(value: Written, name: str, lines: Sequence[str]) -> bool:
    """Whether a text of one line says what the line of its key would."""
    if not isinstance(value, Scalar) or len(lines) != 1:
        return False
    plain = lines[0].removeprefix(f"{name}: ")
    return value.value == plain.strip('"') and "\\" not in plain
