"""The tree of commands; each topic module hangs its own commands here."""

import importlib
import pkgutil

import click
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from mamori import cli
from mamori.cli import words
from mamori.collectors import clock
from mamori.core.viewer import NotAllowed, Refused, Viewer
from mamori.usecases import recorded

SHELL = {"main", "root", "words", "acting", "output", "form_files", "ledger_told"}


@click.group(
    help=words.say(
        "医療機関のサイバーセキュリティ対策を、根拠とともに点検します。",
        "Cyber-security of medical facilities, on evidence.",
    )
)
@click.version_option(package_name=None, version="0.1.0", prog_name="mamori")
def mamori() -> None:
    """Hold every command."""


@mamori.group(
    "import", help=words.say("ファイルを取り込む", "Take in files, list and undo what was taken in")
)
def imports() -> None:
    """Hold the commands that take files in."""


def load() -> None:
    """Import every topic module, so that its commands hang in the tree."""
    for module in pkgutil.iter_modules(cli.__path__, "mamori.cli."):
        if module.name.rpartition(".")[2] not in SHELL:
            importlib.import_module(module.name)


def is_prepared() -> bool:
    """Say whether the database has every table of this release."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def record(refusal: Refused) -> None:
    """Keep a refusal that no usecase has recorded, such as a read that was not allowed."""
    if not isinstance(refusal, NotAllowed) or refusal.is_recorded:
        return
    who = Viewer(refusal.member, frozenset())
    try:
        recorded.refused(who, "read", refusal, organisation=refusal.organisation, now=clock.now())
    except DatabaseError:
        return
