"""How results are printed: sentences for people on the terminal, JSON for programs."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unicodedata import east_asian_width

import click

from mamori.cli import words
from mamori.core.text import Text


def as_json(data: Any) -> None:
    """Print data as JSON, Japanese left readable."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def line(text: Text | str = "") -> None:
    """Print one line for a person."""
    click.echo(text if isinstance(text, str) else text.say(words.language()))


def note(text: Text) -> None:
    """Say something on standard error that is not part of the result."""
    click.echo(text.say(words.language()), err=True)


def width(value: str) -> int:
    """Count the columns a text takes on a terminal: kanji and kana take two."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in value)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns that line up, Japanese too."""
    lines = [list(head), *[list(row) for row in rows]]
    widths = [max(width(row[at]) for row in lines) for at in range(len(head))]
    for number, row in enumerate(lines):
        cells = [value + " " * (widths[at] - width(value)) for at, value in enumerate(row)]
        click.echo("  ".join(cells).rstrip())
        if number == 0:
            click.echo("  ".join("-" * size for size in widths))


@contextmanager
def progress(label: Text, length: int) -> Iterator[Any]:
    """Show a progress bar on standard error while something long goes on; silent elsewhere."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        length=length, label=label.say(words.language()), file=sys.stderr, hidden=hidden
    ) as bar:
        yield bar
