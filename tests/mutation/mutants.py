"""Small slips in a module: each an edit of its syntax tree that can be made in place.

Annotations, decorators, defaults, docstrings and the words of errors are left alone: they are
the work of the type checker, or of no result.
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"} | {
    "sorted": "list",
    "reversed": "iter",
}
_LEFT_ALONE = (ast.Raise, ast.arguments, ast.Assert)


@dataclass(frozen=True)
class Mutant:
    """One slip in a function of a module, as source, and how to make it in the module's tree.

    `inside` is what stands around a slip in a single word; `number` counts equal slips.
    """

    module: str
    function: str
    line: int
    slip: str
    inside: str
    number: int
    tree: ast.Module = field(repr=False, compare=False)
    make: Callable[[], None] = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """What names it in a judgement: lines move, so it is told by its source."""
        inside = f" in {self.inside}" if self.inside else ""
        number = f" ({self.number})" if self.number > 1 else ""
        return f"{self.module}.{self.function}: {self.slip}{inside}{number}"


def mutants(path: Path, module: str) -> Iterator[Mutant]:
    """Every mutant of the functions of a source file, from its first line to its last."""
    tree = ast.parse(path.read_text("utf-8"))
    seen: Counter[tuple[str, str, str]] = Counter()
    for function, node in _functions(tree, ""):
        for statement in node.body:
            for was, now, inside, make in _edits(node, statement):
                told = (function, f"{_shown(was)} -> {_shown(now)}", inside)
                seen[told] += 1
                line = getattr(was, "lineno", node.lineno)
                yield Mutant(module, function, line, *told[1:], seen[told], tree, make)


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield f"{prefix}{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")


def _shown(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


_Edit = tuple[ast.AST, ast.AST, str, Callable[[], None]]


def _edits(parent: ast.AST, node: ast.AST) -> Iterator[_Edit]:
    """Every edit of a node that stands in a parent, and of all below it."""
    if isinstance(node, _LEFT_ALONE) or _is_docstring(node):
        return
    for now in _replacements(node):
        inside = _shown(parent) if isinstance(node, ast.Constant) else ""
        yield node, ast.copy_location(now, node), inside, _replacing(parent, node, now)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _edits(node, child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _replacing(parent: ast.AST, node: ast.AST, now: ast.AST) -> Callable[[], None]:
    def make() -> None:
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, now)
            elif isinstance(value, list):
                setattr(parent, name, [now if each is node else each for each in value])
        ast.fix_missing_locations(now)

    return make


def _replacements(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.expr):
        yield from _of_expression(node)
        yield from _of_operators(node)
    else:
        yield from _of_statement(node)


def _of_operators(node: ast.expr) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            for at, op in enumerate(ops):
                yield ast.Compare(left, [*ops[:at], _other(op), *ops[at + 1 :]], comparators)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(_other(op), values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OTHER:
            yield ast.BinOp(left, _other(op), right)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand


def _of_expression(node: ast.expr) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)):
            yield ast.Constant(f"{value}x")
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in _CALLS:
            yield ast.Call(ast.Name(_CALLS[name], ast.Load()), args, keywords)
        case ast.IfExp(test=test, body=body, orelse=orelse) if _plain(test):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)


def _of_statement(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.If(test=test, body=body, orelse=orelse) if _plain(test):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.comprehension(target=target, iter=iterated, ifs=ifs):
            for at in range(len(ifs)):
                yield ast.comprehension(target, iterated, [*ifs[:at], *ifs[at + 1 :]], 0)
        case ast.match_case(pattern=pattern, guard=guard, body=body) if guard is not None:
            yield ast.match_case(pattern, None, body)
        case ast.Expr():
            yield ast.Pass()
        case ast.Assign() if _moves(node):
            yield ast.Pass()
        case ast.AugAssign(target=target, op=op, value=value):
            yield ast.AugAssign(target, _other(op), value)
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()


def _other(op: ast.AST) -> Any:
    """Another operator in the place of this one."""
    return _OTHER[type(op)]()


def _moves(node: ast.Assign) -> bool:
    """Whether an assignment gives another value to what has one: without it the code still runs."""
    names = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
    return any(not isinstance(one, ast.Name) or one.id in names for one in node.targets)


def _plain(test: ast.expr) -> bool:
    """Whether nothing else turns the test round."""
    return not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp)
