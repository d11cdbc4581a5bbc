"""The source as these tests see it: files, syntax trees, sentences."""

import ast
import functools
import importlib
import pkgutil
import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import mamori
from mamori.core.text import Text

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "mamori"
# Kana and kanji; the middle dot and the long-vowel mark alone are punctuation.
JAPANESE = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff]")
SAYS = {"Text", "say", "same"}


@functools.cache
def modules() -> tuple[Path, ...]:
    """Every module of the package that a person wrote."""
    return tuple(p for p in sorted(SOURCE.rglob("*.py")) if "migrations" not in p.parts)


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"))


def name(path: Path) -> str:
    """A file as people name it."""
    return path.relative_to(ROOT).as_posix()


def at(path: Path, node: ast.AST) -> str:
    """A place in a file."""
    return f"{name(path)}:{getattr(node, 'lineno', 0)}"


@functools.cache
def repository() -> tuple[Path, ...]:
    """Every file of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8"
    )
    names = [one for one in listed.stdout.split("\0") if one]
    if names:
        return tuple(ROOT / one for one in names if (ROOT / one).is_file())
    made = {".venv", ".git", ".mypy_cache", ".ruff_cache", ".hypothesis", "__pycache__"}
    return tuple(p for p in ROOT.rglob("*") if p.is_file() and not made & set(p.parts))


def called(node: ast.Call) -> str:
    """The last word of what a call calls."""
    function = node.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def literals() -> Iterator[tuple[str, str, str]]:
    """Every pair of sentences written as two literals: where, Japanese, English."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and called(node) in ("Text", "say")):
                continue
            said = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if len(node.args) == len(said) == 2 and all(isinstance(s, str) for s in said):
                yield at(path, node), str(said[0]), str(said[1])


@functools.cache
def living() -> tuple[tuple[str, Text], ...]:
    """Every Text that stands in a module, in tables and dataclasses too: where, and the Text."""
    found: list[tuple[str, Text]] = []
    for module in pkgutil.walk_packages(mamori.__path__, "mamori."):
        if ".migrations" in module.name or module.name.endswith(".wsgi"):
            continue
        here = importlib.import_module(module.name)
        seen: set[int] = set()
        for label, value in list(vars(here).items()):
            found.extend((f"{module.name}.{label}", one) for one in _texts(value, seen))
    return tuple(found)


def _texts(value: object, seen: set[int]) -> Iterator[Text]:
    """Every Text inside a value."""
    if isinstance(value, Text):
        yield value
        return
    if id(value) in seen or isinstance(value, type):
        return
    seen.add(id(value))
    if isinstance(value, dict):
        inside: list[object] = [*value.keys(), *value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        inside = list(value)
    elif is_dataclass(value):
        inside = [getattr(value, one.name, None) for one in fields(value)]
    else:
        return
    for one in inside:
        yield from _texts(one, seen)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Every function of a module, methods and inner ones too."""
    return (n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef))
