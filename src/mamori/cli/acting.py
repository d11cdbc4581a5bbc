"""Who acts, and for which facility: --as, else the member bound to the operating-system user."""

import functools
import getpass
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from mamori.cli import words
from mamori.collectors import clock
from mamori.core.text import Language, Text
from mamori.core.viewer import NotPossible, Viewer
from mamori.store import viewers
from mamori.store.queries import organisations

WHICH = Text(
    "医療機関を --facility で指定してください(候補: {codes})。",
    "Say which facility with --facility (yours: {codes}).",
)
NONE = Text(
    "利用者 {member} が所属する医療機関がありません。--facility で指定してください。",
    "{member} belongs to no facility: name one with --facility.",
)
BAD_DATE = Text(
    "日付「{value}」を読み取れません。2026-11-22 の形で指定してください。",
    'The date "{value}" cannot be read: write it as 2026-11-22.',
)


class Day(click.ParamType[date]):
    """A day on the command line, as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day or say how to write it."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(BAD_DATE.fill(value=str(value)).say(words.language()), param, ctx)


DAY = Day()


def viewer(member: str | None) -> Viewer:
    """Give who acts: the member named, else the one bound to the operating-system user."""
    today = clock.today()
    if member:
        return viewers.member(member, today=today)
    return viewers.os_user(getpass.getuser(), today=today)


def facility(who: Viewer, code: str | None) -> str:
    """Give the facility meant: the one named, else the only one this person belongs to."""
    if code:
        return code
    own = organisations.own_facilities(who)
    if len(own) == 1:
        return own[0]
    if own:
        raise NotPossible(WHICH.fill(codes=", ".join(own)))
    raise NotPossible(NONE.fill(member=who.member))


def now() -> datetime:
    """Give this moment."""
    return clock.now()


def today(given: date | None = None) -> date:
    """Give the day that counts as today."""
    return given or clock.today()


def acts(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --as to a command and hand it the viewer as `who`."""

    @click.option(
        "--as", "as_member", metavar="MEMBER", help=words.say("操作する利用者", "Who acts")
    )
    @functools.wraps(command)
    def run(*args: Any, as_member: str | None, **kwargs: Any) -> Any:
        return command(*args, who=viewer(as_member), **kwargs)

    return run


def for_facility(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --as and --facility to a command and hand it `who` and the facility's code."""

    @click.option("--facility", "code", metavar="CODE", help=words.say("医療機関", "The facility"))
    @click.option(
        "--as", "as_member", metavar="MEMBER", help=words.say("操作する利用者", "Who acts")
    )
    @functools.wraps(command)
    def run(*args: Any, as_member: str | None, code: str | None, **kwargs: Any) -> Any:
        who = viewer(as_member)
        return command(*args, who=who, facility=facility(who, code), **kwargs)

    return run


def output_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add -o, the file to write, to a command and hand it over as `path`."""
    return click.option(
        "-o",
        "--output",
        "path",
        required=True,
        type=click.Path(path_type=Path),
        help=words.say("書き出すファイル", "The file to write"),
    )(command)


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --language, that of what is written, and hand it over as `spoken`."""
    return click.option(
        "--language",
        "spoken",
        type=click.Choice([one.value for one in Language]),
        help=words.say("書き出す言語", "Language of the file"),
    )(command)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --json to a command that prints results."""
    return click.option(
        "--json", "json_wanted", is_flag=True, help=words.say("JSONで出力", "Print JSON")
    )(command)
