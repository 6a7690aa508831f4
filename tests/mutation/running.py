"""Runs the tests against mutants: each in a forked process, in which one function is another.

The tests are collected once.  A test that never calls a function cannot notice a slip in it, so
each mutant meets only the tests that call its function, the likeliest and the quickest first.
"""

import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from tests.mutation.mutants import Mutant

ALIVE, UNFIT, CAUGHT = 0, 1, 2
"""Exit codes of a fork: no test fails; the code cannot be replaced; test n of it fails (+ n)."""
_MEMORY = 3 * 1024**3
_PATIENCE = {"few examples": 20, "all examples": 300}
"""CPU seconds beside ten times those of a test, after which it is taken to hang: noticed too."""


@dataclass
class Run:
    """What came of the mutants; a pytest plugin, which runs them in place of the tests.

    `examples` bounds those of each property; survivors meet all of them, unless `quick`.
    """

    mutants: Sequence[Mutant]
    examples: int
    workers: int
    deadline: float
    quick: bool
    caught: list[Mutant] = field(default_factory=list)
    alive: list[Mutant] = field(default_factory=list)
    unfit: list[Mutant] = field(default_factory=list)
    untried: list[Mutant] = field(default_factory=list)
    calls: dict[str, dict[str, float]] = field(default_factory=dict)
    killers: dict[str, Counter[str]] = field(default_factory=dict)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        items = {item.nodeid: item for item in session.items}
        whole = {name: _bounded(item, self.examples) for name, item in items.items()}
        session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # no public one
        self.calls = _calls(list(items.values()))
        found = self.tried(items, self.mutants, "few examples")
        if not self.quick:
            for restore in whole.values():
                restore()
            found = self.tried(items, found, "all examples")
        self.alive.extend(found)
        return True

    def tried(
        self, items: dict[str, pytest.Item], every: Sequence[Mutant], doing: str
    ) -> list[Mutant]:
        """The mutants that no test notices."""
        running: dict[int, tuple[Mutant, list[str]]] = {}
        left: list[Mutant] = []
        for count, mutant in enumerate(every, 1):
            if time.monotonic() > self.deadline:
                self.untried.extend(every[count - 1 :])
                break
            names = self.chosen(mutant)
            child = os.fork()
            if child == 0:
                own = self.calls.get(f"{mutant.module}.{mutant.function}", {})
                patience = [_PATIENCE[doing] + 10 * own[name] for name in names]
                _try(mutant, [items[name] for name in names], patience)
            running[child] = mutant, names
            if len(running) >= self.workers:
                self.reap(running, left)
            if count % 100 == 0:
                print(f"{doing}: {count} of {len(every)}, {len(left)} alive", flush=True)
        while running:
            self.reap(running, left)
        return left

    def chosen(self, mutant: Mutant) -> list[str]:
        """The tests that call the function, in the order in which they are likely to notice."""
        function = f"{mutant.module}.{mutant.function}"
        seconds = self.calls.get(function, {})
        killers = self.killers.setdefault(function, Counter())
        return sorted(seconds, key=lambda name: (seconds[name] / (1 + killers[name]), name))

    def reap(self, running: dict[int, tuple[Mutant, list[str]]], left: list[Mutant]) -> None:
        """Wait for one fork and note what came of its mutant; one that is killed was caught."""
        child, status = os.wait()
        mutant, names = running.pop(child)
        code = os.waitstatus_to_exitcode(status)
        if code == ALIVE:
            print(f"  alive so far: {mutant.name}", flush=True)
            left.append(mutant)
        elif code == UNFIT:
            self.unfit.append(mutant)
        else:
            self.caught.append(mutant)
            if code >= CAUGHT:
                function = f"{mutant.module}.{mutant.function}"
                self.killers[function][names[code - CAUGHT]] += 1


def _try(mutant: Mutant, items: list[pytest.Item], patience: list[float]) -> None:
    """Run tests with a mutant in place, in a fork that ends with what came of it."""
    code = UNFIT
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        _put_in_place(mutant)
        code = ALIVE
        for at, item in enumerate(items):
            limit = int(time.process_time() + patience[at])
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
            following = items[at + 1] if at + 1 < len(items) else None
            reports = runtestprotocol(item, log=False, nextitem=following)
            if any(report.failed for report in reports):
                code = CAUGHT + at
                break
    finally:
        os._exit(code)


def _put_in_place(mutant: Mutant) -> None:
    """Give a function the code of its mutant.  Raises where that is not possible."""
    mutant.make()
    module = import_module(mutant.module)
    compiled = compile(mutant.tree, str(module.__file__), "exec")
    codes = {code.co_qualname: code for code in _codes(compiled)}
    for function in _functions(module):
        if function.__qualname__ == mutant.function:
            function.__code__ = codes[mutant.function]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


def _functions(owner: ModuleType | type) -> Iterator[FunctionType]:
    """The functions of a module and of its classes, also behind properties and decorators."""
    for value in list(vars(owner).values()):
        bare: Any = getattr(value, "fget", value)
        bare = getattr(bare, "__wrapped__", getattr(bare, "__func__", bare))
        if isinstance(bare, FunctionType):
            yield bare
        elif isinstance(bare, type) and bare.__module__ == owner.__name__:
            yield from _functions(bare)


def _bounded(item: pytest.Item, examples: int) -> Callable[[], None]:
    """Let a property meet few examples, the same in every run; all of them once called.

    The first that fails is enough: nobody reads it, so none is made smaller.
    """
    test: Any = getattr(item, "obj", None)
    own = getattr(test, "_hypothesis_internal_use_settings", None)
    if own is None:
        return lambda: None

    def bound(most: int) -> None:
        test._hypothesis_internal_use_settings = settings(
            own,
            max_examples=most,
            derandomize=True,
            database=None,
            phases=(Phase.explicit, Phase.generate),
            report_multiple_bugs=False,
        )

    bound(min(own.max_examples, examples))
    return lambda: bound(own.max_examples)


def _calls(items: list[pytest.Item]) -> dict[str, dict[str, float]]:
    """For each function of the reasoning, the tests that call it, with their seconds.

    Raises where a test fails as things are.
    """
    found: dict[str, dict[str, float]] = {}
    for at, item in enumerate(items):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            _record(item, write)
        os.close(write)
        with os.fdopen(read) as pipe:
            seconds, *names = pipe.read().split("\n")
        os.waitpid(child, 0)
        if not seconds:
            raise SystemExit(f"{item.nodeid} fails without a mutant")
        for name in names:
            found.setdefault(name, {})[item.nodeid] = float(seconds)
        if at % 50 == 0:
            print(f"which test calls what: {at} of {len(items)}", flush=True)
    return found


def _record(item: pytest.Item, write: int) -> None:
    """Write the seconds of a test and the functions that it calls to a pipe, and end."""
    seen: set[tuple[str, str]] = set()

    def profile(frame: FrameType, event: str, _: object) -> None:
        module = frame.f_globals.get("__name__", "")  # an annotation that is evaluated has none
        if event == "call" and module.startswith(("wizard.engine.", "wizard.reasoning.")):
            seen.add((module, frame.f_code.co_qualname))

    try:
        started = time.process_time()
        sys.setprofile(profile)
        reports = runtestprotocol(item, log=False, nextitem=None)
        sys.setprofile(None)
        if not any(report.failed for report in reports):
            names = sorted(f"{module}.{name}" for module, name in seen)
            lines = [f"{time.process_time() - started:.3f}", *names]
            os.write(write, "\n".join(lines).encode()[:60000])
    finally:
        os._exit(0)
