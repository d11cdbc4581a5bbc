"""init, serve, doctor: set up an installation, show its pages, say how it is."""

import getpass
import os
import platform
import sys

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mamori.cli import acting, output, root, words
from mamori.cli.main import EXIT_NEGATIVE
from mamori.cli.root import mamori
from mamori.collectors import ports
from mamori.core.text import Text
from mamori.core.viewer import NotPossible
from mamori.usecases.organisations import initialise

READY = Text(
    "初期設定が済みました。利用者「{member}」をこの端末の利用者「{user}」に結び付けました。",
    'Ready. The member "{member}" is bound to the operating-system user "{user}".',
)
SERVING = Text(
    "画面を開けます: http://{host}:{port}/ (終了は Ctrl+C)",
    "The page is at http://{host}:{port}/ (stop with Ctrl+C)",
)
HIGHEST = 65535
TAKEN = Text(
    "ポート{port}は別のプログラムが使っています。別の番号を指定してください。"
    "例: .venv/bin/mamori serve --port {other}",
    "Port {port} is in use by another program: choose another, such as "
    ".venv/bin/mamori serve --port {other}",
)
ONLY_LOOPBACK = Text(
    "この版の画面は見本データの閲覧専用で、この端末の中(127.0.0.1)でだけ開けます。",
    "In this release the page is read-only, for demonstration data, and stays on this machine.",
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def prepare_database() -> None:
    """Bring the database to this release, if it is not."""
    if not root.is_prepared():
        call_command("migrate", verbosity=0, interactive=False)


@mamori.command(
    help=words.say(
        "最初の設定を行い、最初の管理者を登録する", "Set up and make the first administrator"
    )
)
@click.option("--name", help=words.say("利用者の短い名前", "Short name of the member"))
@click.option("--full-name", help=words.say("氏名", "Full name"))
def init(name: str | None, full_name: str | None) -> None:
    """Prepare the database and bind the first administrator to the operating-system user."""
    prepare_database()
    user = getpass.getuser()
    who = initialise.initialise(
        name=name or user,
        full_name=full_name or name or user,
        os_user=user,
        now=acting.now(),
        today=acting.today(),
    )
    output.line(READY.fill(member=who.member, user=user))


@mamori.command(help=words.say("画面を表示するサーバを起動する", "Serve the pages"))
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help=words.say("待ち受けるアドレス", "Address"),
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, HIGHEST),
    help=words.say("ポート番号", "Port"),
)
def serve(host: str, port: int) -> None:
    """Serve the pages on this machine until stopped."""
    if host not in LOOPBACK:
        raise click.BadParameter(ONLY_LOOPBACK.say(words.language()), param_hint="--host")
    if not ports.is_free(host, port):
        raise NotPossible(TAKEN.fill(port=port, other=port + 1 if port < HIGHEST else port - 1))
    prepare_database()
    from granian import Granian
    from granian.constants import Interfaces

    output.line(SERVING.fill(host=host, port=port))
    sys.stdout.flush()
    Granian(
        "mamori.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_enabled=False,
        websockets=False,
    ).serve()


FACT_NAMES: dict[str, Text] = {
    "python": Text("Pythonの版", "Python"),
    "database": Text("データベース", "Database"),
    "data_folder": Text("データのフォルダ", "Data folder"),
    "data_folder_writable": Text("フォルダへの書込み", "Folder can be written to"),
    "migrations_pending": Text("データベースの未適用の更新", "Pending changes of the database"),
    "initialised": Text("初期設定(mamori init)", "Set up (mamori init)"),
}


def _plain(value: object) -> str:
    """Give a fact as a person reads it."""
    if isinstance(value, bool):
        return words.say("はい", "yes") if value else words.say("いいえ", "no")
    return str(value)


@mamori.command(help=words.say("この環境の状態を表示する", "Say how this installation is"))
@acting.json_option
def doctor(json_wanted: bool) -> None:
    """Show the database, the data folder and what is missing; exit 1 when something is."""
    executor = MigrationExecutor(connection)
    pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    facts = {
        "python": platform.python_version(),
        "database": connection.vendor,
        "data_folder": str(settings.DATA),
        "data_folder_writable": os.access(settings.DATA, os.W_OK),
        "migrations_pending": pending,
        "initialised": not pending and initialise.is_initialised(),
    }
    if json_wanted:
        output.as_json(facts)
    else:
        head = (words.say("項目", "What"), words.say("状態", "State"))
        output.table(
            head,
            [
                (FACT_NAMES[key].say(words.language()), _plain(value))
                for key, value in facts.items()
            ],
        )
    if pending or not facts["data_folder_writable"]:
        sys.exit(EXIT_NEGATIVE)
