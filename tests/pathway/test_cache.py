"""The cache gives what the reader gives, or nothing."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from threading import Barrier
from typing import Any, get_args

import pytest

from tests.pathway.overlays import SMALL, copied, edited
from wizard.pathway import cache
from wizard.pathway import load as finding
from wizard.pathway.codec import decode, encode
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.load import load_pathway, shipped_folder
from wizard.pathway.model import Pathway, Shown
from wizard.pathway.model_fields import hints_of
from wizard.pathway.position import Position
from wizard.pathway.problems import PathwayErrors
from wizard.pathway.trees import AnyOf, Not, Range, Requirement
from wizard.record import Record, RecordType


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of this test, not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    return tmp_path / "kept" / "mdt-wizard" / "pathways"


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes every reading of YAML from now on an error."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the files were read again")

    return lambda: monkeypatch.setattr("wizard.pathway.format.reading.read_snapshot", refuse)


def only(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_hit_is_what_was_read(kept: Path, unread: Callable[[], None]) -> None:
    first, read = load_pathway(SMALL), read_pathway(SMALL)
    unread()
    assert load_pathway(SMALL) == first == read
    assert list(kept.iterdir()) != []


def test_the_shipped_pathway_survives_the_cache(kept: Path, unread: Callable[[], None]) -> None:
    first, read = load_pathway(), read_pathway(shipped_folder(), shipped=True)
    unread()
    assert load_pathway() == first == read
    assert list(kept.iterdir()) != []


def test_folder_and_shipped_are_not_taken_from_the_cache(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unread: Callable[[], None]
) -> None:
    here = load_pathway(SMALL)
    unread()
    copy = copied(tmp_path)
    assert load_pathway(copy) == replace(here, folder=str(copy))
    monkeypatch.setattr(finding, "shipped_folder", lambda: SMALL)
    assert load_pathway(SMALL) == replace(here, shipped=True)
    assert only(kept)


def test_it_is_readable_by_its_owner_alone(kept: Path) -> None:
    load_pathway(SMALL)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert stat.S_IMODE(only(kept).stat().st_mode) == 0o600


def test_an_edit_is_seen(kept: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    load_pathway(folder)
    edited(folder, "options/watch.yaml", "label: Watch", "label: Look")
    assert load_pathway(folder).options["watch"].label == "Look"
    edited(folder, "options/watch.yaml", "growth: slow", "growth: slowly")
    with pytest.raises(PathwayErrors):
        load_pathway(folder)
    assert len(list(kept.iterdir())) == 2


def test_a_file_that_does_not_belong_is_told_in_spite_of_the_cache(
    kept: Path, tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    load_pathway(folder)
    (folder / "notes.txt").write_text("x")
    with pytest.raises(PathwayErrors):
        load_pathway(folder)
    assert only(kept)


def test_another_version_of_the_tool_keeps_its_own(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_pathway(SMALL)
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    load_pathway(SMALL)
    assert len(list(kept.iterdir())) == 2


def _truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _empty(data: bytes) -> bytes:
    return data[:0]


def _one_letter(data: bytes) -> bytes:
    return data.replace(b"Care of a tree", b"Fear of a tree")


def _signed(body: bytes) -> bytes:
    return sha256(body).hexdigest().encode() + b"\n" + body


def _other_shape(data: bytes) -> bytes:
    record = json.loads(data.partition(b"\n")[2])
    record[1] = 5
    return _signed(json.dumps(record).encode())


def _other_data(data: bytes) -> bytes:
    return _signed(b"[" * 100_000 + data[:0])


def _no_json(data: bytes) -> bytes:
    return _signed(b"\x80\x04K\x01." + data[:0])


DAMAGES = [_truncated, _empty, _one_letter, _other_shape, _other_data, _no_json]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
def test_damage_is_rebuilt_silently(
    damage: Callable[[bytes], bytes],
    kept: Path,
    unread: Callable[[], None],
    capfd: pytest.CaptureFixture[str],
) -> None:
    first = load_pathway(SMALL)
    path = only(kept)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert path.read_bytes() != whole
    assert load_pathway(SMALL) == first
    assert path.read_bytes() == whole
    unread()
    assert load_pathway(SMALL) == first
    assert capfd.readouterr() == ("", "")


def test_a_file_that_others_may_write_is_not_trusted(kept: Path) -> None:
    load_pathway(SMALL)
    path = only(kept)
    path.chmod(0o666)
    key = path.stem
    assert cache.cached(key, folder=SMALL, shipped=False) is None
    path.chmod(0o600)
    assert cache.cached(key, folder=SMALL, shipped=False) is not None


def test_a_link_in_the_cache_is_not_followed(kept: Path) -> None:
    load_pathway(SMALL)
    path = only(kept)
    other = path.rename(path.with_suffix(".other"))
    path.symlink_to(other)
    assert cache.cached(path.stem, folder=SMALL, shipped=False) is None


def test_a_cache_that_cannot_be_written_is_passed_over(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file in the way")
    assert load_pathway(SMALL) == read_pathway(SMALL)
    assert not kept.exists()


def test_a_cache_folder_that_others_may_write_is_not_used(kept: Path) -> None:
    kept.mkdir(parents=True)
    kept.chmod(0o777)
    load_pathway(SMALL)
    assert list(kept.iterdir()) == []


def test_the_cache_does_not_grow(kept: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    label = "Watch"
    for number in range(cache.MAX_FILES + 3):
        edited(folder, "options/watch.yaml", f"label: {label}\n", f"label: Look {number}\n")
        label = f"Look {number}"
        load_pathway(folder)
    assert len(list(kept.iterdir())) == cache.MAX_FILES


PROGRAM = """
import sys
from pathlib import Path
from wizard.pathway.load import load_pathway
print(load_pathway(Path(sys.argv[1])).title)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_hit_imports_neither_yaml_nor_pydantic_nor_the_screen(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(SMALL)],
            env=environment,
            cwd=Path(cache.__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        for _ in range(2)
    ]
    imported = [set(run.stdout.splitlines()[1].split()) for run in runs]
    assert {"yaml", "pydantic_core"} <= imported[0]
    assert "pydantic" not in imported[0]
    assert not {"yaml", "_yaml", "pydantic_core", "textual", "rich"} & imported[1]
    assert [run.stdout.splitlines()[0] for run in runs] == ["Care of a tree in a park"] * 2
    assert [run.stderr for run in runs] == ["", ""]


HERE = Position("a.yaml", 1, 2)


def test_records_come_back_equal() -> None:
    number = Requirement("height", (Range(None, Decimal("2.50")), AnyOf(("a",))), True, HERE)
    data = json.loads(json.dumps(encode(number)))
    assert decode(data) == number
    assert hash(decode(data)) == hash(number)
    assert repr(decode(data)) == repr(number)
    assert decode(data).tests[0].high == Decimal("2.50")
    assert encode(HERE) == ["Position", "a.yaml", 1, 2]


@pytest.mark.parametrize("value", [1.5, Shown.ALERT, {1}])
def test_what_no_pathway_holds_is_not_encoded(value: object) -> None:
    with pytest.raises(TypeError):
        encode(value)


def test_each_record_is_decoded_when_a_field_of_it_is_read() -> None:
    inner = Requirement("height", (AnyOf(("a",)),), True, HERE)
    data = encode(Not(inner, HERE))
    assert isinstance(data, list)
    assert isinstance(data[1], list)
    outer = decode(data)
    data[1][1] = "width"
    assert outer.tree.factor == "width"


def test_two_threads_may_fill_one_record() -> None:
    data = encode(load_pathway(SMALL))
    for _ in range(20):
        pathway = decode(data)
        gate = Barrier(2)

        def read(pathway: Pathway = pathway, gate: Barrier = gate) -> str:
            gate.wait()
            return repr(pathway)

        with ThreadPoolExecutor(2) as pool:
            one, other = [each.result() for each in [pool.submit(read) for _ in range(2)]]
        assert one == other == repr(load_pathway(SMALL))


def test_what_a_kept_pathway_knows_at_once_is_what_it_would_work_out(kept: Path) -> None:
    first = load_pathway()
    again = load_pathway()
    assert "claims_on" in vars(again)
    assert again.claims_on == first.claims_on == replace(again).claims_on


def test_a_file_under_another_name_is_not_used(kept: Path) -> None:
    load_pathway(SMALL)
    other = "0" * 64
    only(kept).rename(kept / f"{other}.json")
    assert cache.cached(other, folder=SMALL, shipped=False) is None


def test_the_reader_covers_every_record_that_a_pathway_holds() -> None:
    met: set[type] = set()

    def meet(shape: Any) -> None:
        for part in get_args(shape):
            meet(part)
        if isinstance(shape, RecordType) and shape not in met:
            met.add(shape)
            for hint in hints_of(shape).values():
                meet(hint)

    meet(Pathway)
    modules = {f"{kind.__module__.removeprefix('wizard.pathway.')}.py" for kind in met}
    assert "trees.py" in modules
    assert modules <= {module.decode().split()[0] for module in cache.reader()}


def test_another_reader_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache.cache_key({})
    monkeypatch.setattr(cache, "reader", lambda: [b"another.py 1 2"])
    assert cache.cache_key({}) != before


def test_the_name_of_a_record_names_one() -> None:
    records = [kind.__name__ for kind in every_record(Record)]
    assert len(records) == len(set(records))


def every_record(kind: Any) -> Iterator[RecordType]:
    """The records of a pathway's own modules."""
    for each in kind.__subclasses__():
        if each.__module__.rpartition(".")[0] == "wizard.pathway":
            yield each
        yield from every_record(each)
