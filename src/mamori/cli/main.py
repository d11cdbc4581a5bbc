"""The `mamori` command: one way in, clear refusals, exit codes that scripts can use."""

import os
import sys
from typing import Any

import click

from mamori.cli import words
from mamori.core.text import Text, same
from mamori.core.viewer import NotAllowed, NotFound, NotPossible, Refused

# Documented in docs/reference/command-line.md.
EXIT_NEGATIVE, EXIT_USAGE, EXIT_REFUSED, EXIT_UNREADABLE = 1, 2, 3, 4
USAGE: tuple[tuple[type[click.UsageError], Text], ...] = (
    (
        click.NoSuchOption,
        Text("「{what}」というオプションはありません。", "There is no option {what}."),
    ),
    (
        click.exceptions.NoSuchCommand,
        Text("「{what}」というコマンドはありません。", "There is no command {what}."),
    ),
    (click.MissingParameter, Text("「{what}」の指定が必要です。", "{what} is missing.")),
    (
        click.BadParameter,
        Text("「{what}」の値が正しくありません: {why}", "{what} has a wrong value: {why}"),
    ),
)
ONE_OF = Text("次のいずれかを指定してください: {choices}", "choose one of {choices}")
NO_FILE = Text(
    "ファイル「{name}」がないか、ファイルではありません。名前と場所を確かめてください。",
    'there is no such file as "{name}".',
)
SEE_HELP = Text("使い方は {command} --help で見られます。", "See {command} --help.")
NOT_PREPARED = Text(
    "データベースがまだ準備されていないか、この版より古いものです。"
    "mamori init を実行してください。",
    "The database is not prepared, or older than this release: run mamori init.",
)
NOT_TEXT = Text(
    "指定した語またはファイル名に、文字として扱えないものが含まれています(文字コードを確認してください)。",
    "A word or a file name holds what is no text: look at its encoding.",
)
UNREADABLE_FILE = Text(
    "ファイル「{name}」を読み書きできません: {why}", 'The file "{name}" cannot be used: {why}'
)


def main() -> None:
    """Run the command line; every refusal is said on standard error and recorded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mamori.config.settings")
    import django

    django.setup()
    from django.db import DatabaseError

    from mamori.cli import root

    root.load()
    try:
        sys.exit(root.mamori.main(standalone_mode=False, prog_name="mamori") or 0)
    except click.UsageError as error:
        _say(_usage(error))
        sys.exit(EXIT_USAGE)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if error.filename is None:
            raise
        name, why = str(error.filename), error.strerror or type(error).__name__
        _say(UNREADABLE_FILE.fill(name=name, why=why))
        sys.exit(EXIT_UNREADABLE)
    except UnicodeEncodeError:
        _say(NOT_TEXT)
        sys.exit(EXIT_UNREADABLE)
    except DatabaseError:
        if root.is_prepared():
            raise
        _say(NOT_PREPARED)
        sys.exit(EXIT_REFUSED)
    except Refused as refusal:
        _say(refusal.reason)
        for problem in getattr(refusal, "problems", ())[1:]:
            _say(_placed(problem))
        root.record(refusal)
        refused = isinstance(refusal, NotAllowed | NotPossible | NotFound)
        sys.exit(EXIT_REFUSED if refused else EXIT_UNREADABLE)


def _placed(problem: Any) -> Text:
    """Say one more problem, with its place where it has one."""
    where, reason = getattr(problem, "where", None), problem.reason
    if where is None:
        return Text(reason.ja, reason.en)
    return Text(f"{where.ja}: {reason.ja}", f"{where.en}: {reason.en}")


def _usage(error: click.UsageError) -> Text:
    """Say what is wrong with the words of a command, in the reader's language."""
    command = error.ctx.command_path if error.ctx else "mamori"
    named = getattr(error, "option_name", None) or getattr(error, "command_name", None)
    what = named or _parameter(error)
    for kind, text in USAGE:
        if isinstance(error, kind):
            said = text.fill(what=what, why=_why(error))
            break
    else:
        said = Text(
            f"コマンドの指定が正しくありません: {error.format_message()}", error.format_message()
        )
    help_ = SEE_HELP.fill(command=command)
    return Text(f"{said.ja}\n{help_.ja}", f"{said.en}\n{help_.en}")


def _why(error: click.UsageError) -> Text:
    """Say why a value was not taken; what our own options say is in the reader's language."""
    parameter = getattr(error, "param", None)
    kind = parameter.type if parameter is not None else None
    if isinstance(kind, click.Choice):
        return ONE_OF.fill(choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.Path):
        # Click tells the name only within its sentence: File 'ledger.xlsx' does not exist.
        return NO_FILE.fill(name=error.message.partition("'")[2].rpartition("'")[0])
    return same(error.message or "-")


def _parameter(error: click.UsageError) -> str:
    """Name the parameter an error speaks of."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return getattr(error, "param_hint", None) or "?"
    return str(parameter.opts[0] if parameter.param_type_name == "option" else parameter.name)


def _say(text: Text) -> None:
    """Say a sentence on standard error."""
    click.echo(text.say(words.language()), err=True)
