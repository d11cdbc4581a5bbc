"""An import whose process is killed (kill -9) leaves all of it in the database file, or nothing."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("killed")
ROOT = Path(__file__).parents[2]
ROWS = 1500
MOMENTS = (0.35, 0.5, 0.65, 0.75, 0.85, 0.9, 0.95, 0.99, 1.0)
TABLES = ("store_apparatusrow", "store_import", "store_importreject", "store_apparatushistory")
# The command itself, in a process that dies by SIGKILL just before its nth statement.
SCRIPT = """
import os, signal, sys
at, words = int(sys.argv[1]), sys.argv[2:]
os.environ["DJANGO_SETTINGS_MODULE"] = "mamori.config.settings"
import django
django.setup()
from django.db import connection
done = 0
def count(execute, sql, params, many, context):
    global done
    done += 1
    if done == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
from mamori.cli import main
sys.argv = ["mamori", *words]
with connection.execute_wrapper(count):
    try:
        main.main()
    finally:
        print("statements", done, file=sys.stderr)
"""


def run(data, *words, at=0):
    """Run one command on a data folder; give its exit code and what it said on standard error."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(at), *words],
        env=environment(data),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    return done.returncode, done.stderr


def environment(data):
    return {
        "PATH": os.environ["PATH"],
        "MAMORI_DATA": str(data),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
    }


def counted(data):
    """Count what the database file holds, by table."""
    (file,) = data.glob("*.sqlite3")
    with closing(sqlite3.connect(file)) as database:
        found = {t: database.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}
        check = database.execute("PRAGMA integrity_check").fetchone()[0]
        trail = "SELECT count(*) FROM store_auditentry WHERE action='ledger.import'"
        found["trail"] = database.execute(trail).fetchone()[0]
    assert check == "ok"
    return found


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A data folder with a hospital, and a ledger file of which every tenth row is bad."""
    folder = tmp_path_factory.mktemp("killed")
    data = folder / "data"
    member = ("--role", "planning_administrator", "--full-name", "田中", "--since", "2025-04-01")
    for words in (
        ("init", "--name", "root", "--full-name", "管理者"),
        ("organisation", "add", "H001", "--kind", "facility", "--name", "病院"),
        ("member", "add", "tanaka", "--organisation", "H001", *member, "--appointed-by", "理事会"),
    ):
        code, said = run(data, *words)
        assert code == 0, said
    lines = ["管理番号,メーカー,OS,IPアドレス,設置場所,登録日,状態"]
    for n in range(ROWS):
        day = "いつか" if n % 10 == 9 else "令和2年12月1日"
        lines.append(f"{n:05d},NEC,Windows 11,10.0.{n // 256}.{n % 256},病棟{n % 7},{day},使用中")
    (folder / "台帳.csv").write_text("\r\n".join(lines), "cp932")
    return folder


def test_killed_at_any_statement_all_or_nothing_is_there(house, tmp_path):
    words = ("import", "ledger", str(house / "台帳.csv"), "--as", "tanaka")
    whole = tmp_path / "whole"
    shutil.copytree(house / "data", whole)
    before = counted(whole)
    code, said = run(whole, *words)
    assert code == 0, said
    after = counted(whole)
    assert after["store_apparatusrow"] == ROWS - ROWS // 10
    assert after["store_importreject"] == ROWS // 10
    statements = int(said.split("statements")[-1])
    for share in MOMENTS:
        data = tmp_path / f"at{share}"
        shutil.copytree(house / "data", data)
        code, _ = run(data, *words, at=max(1, round(statements * share)))
        assert code == -signal.SIGKILL
        assert counted(data) == before
        if share in (0.5, 1.0):
            code, said = run(data, *words)
            assert code == 0, said
            assert counted(data) == after


def test_killed_at_any_moment_all_or_nothing_is_there(house, tmp_path):
    words = ("import", "ledger", str(house / "台帳.csv"), "--as", "tanaka")
    command = [sys.executable, "-c", SCRIPT, "0", *words]
    data = tmp_path / "first"
    shutil.copytree(house / "data", data)
    before, started = counted(data), time.monotonic()
    subprocess.run(command, env=environment(data), capture_output=True, check=True, timeout=120)
    took, after = time.monotonic() - started, counted(data)
    for share in (0.5, 0.7, 0.8, 0.9, 0.97):
        data = tmp_path / f"at{share}"
        shutil.copytree(house / "data", data)
        process = subprocess.Popen(
            command, env=environment(data), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            process.communicate(timeout=took * share)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        assert counted(data) in (before, after)
