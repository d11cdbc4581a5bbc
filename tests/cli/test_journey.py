"""The whole yearly check by the command line, on a real database file, as scripts would run it."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

# One story told in the order of the file: the suite keeps a file on one worker.
ROOT = Path(__file__).parents[2]
LEDGER = Path(__file__).with_name("ledger-cp932.csv")


class Shell:
    """A terminal of somebody who runs Mamori on one machine."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "MAMORI_DATA": str(folder / "data"),
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUTF8": "1",
        }

    def run(self, *words, code=0, **environment):
        done = subprocess.run(
            [sys.executable, "-c", "from mamori.cli.main import main; main()", *words],
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode == code, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done.stdout if code < 2 else done.stderr

    def json(self, *words):
        return json.loads(self.run(*words, "--json"))


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """A house with an installation, a hospital and two people."""
    found = Shell(tmp_path_factory.mktemp("house"))
    found.run("init", "--name", "root", "--full-name", "管理者")
    found.run("organisation", "add", "H001", "--kind", "facility", "--name", "しらさぎ病院")
    found.run("organisation", "add", "V01", "--kind", "vendor", "--name", "みなと情報")
    for name, role in (("sato", "safety_administrator"), ("tanaka", "planning_administrator")):
        found.run(
            *("member", "add", name, "--organisation", "H001", "--role", role),
            *("--full-name", f"{name} 氏", "--since", "2025-04-01", "--appointed-by", "理事会"),
        )
    found.run("organisation", "contract", "V01", "--begins", "2025-04-01", "--as", "tanaka")
    found.folder.joinpath("台帳.csv").write_bytes(LEDGER.read_bytes())
    return found


def test_the_main_job_from_a_spreadsheet_to_the_signed_form(shell):
    me, list_ = ("--as", "tanaka"), ("--edition", "fy2023")

    dry = shell.json("import", "ledger", "台帳.csv", "--dry-run", *me)
    done = shell.json("import", "ledger", "台帳.csv", *me)
    again = shell.json("import", "ledger", "台帳.csv", "--dry-run", *me)
    found = shell.json("check", *list_, *me)

    assert dry["import"] is None
    assert done["counts"] == dry["counts"]
    assert done["counts"]["new"] == 3
    assert [(r["row"], r["cell"]) for r in done["rejected"]] == [(5, "J5")]
    assert again["counts"]["unchanged"] == 3
    suggested = {item["key"]: item["suggested"] for item in found["items"]}
    assert suggested["1(1)/organisation"] == "yes"
    assert suggested["2(7)/terminal"] == "no", "Windows 10 Home is past its support"
    assert suggested["2(4)/server"] is None

    shell.run("checklist", "open", *list_, *me)
    shell.run("checklist", "answer", "--from-evidence", *list_, *me)
    state = shell.json("checklist", "show", *list_, *me)
    answered = {i["item"]: i["state"] for i in state["items"] if i["state"]["first"]["reply"]}
    assert answered["1(1)/organisation"]["first"]["basis"] == "evidence"
    rest = [
        i["item"]
        for i in state["items"]
        if i["item"] not in answered and i.get("level") == "mandatory"
    ]
    assert rest
    for key in rest:
        shell.run("checklist", "answer", key, "yes", "--reason", "現場で確認", *list_, *me)
    assert "さん" in shell.run("checklist", "sign", *list_, *me, code=3)
    shell.run("checklist", "sign", *list_, "--as", "sato")
    assert "確定済み" in shell.run("checklist", "answer", rest[0], "no", *list_, *me, code=3)

    for kind, begins in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{"), ("oscal", b"{")):
        shell.run("checklist", "form", *list_, *me, "--format", kind, "-o", f"form.{kind}")
        assert shell.folder.joinpath(f"form.{kind}").read_bytes().startswith(begins)


def test_a_form_filled_elsewhere_comes_back_to_the_same_state(shell):
    me, list_ = ("--as", "sato"), ("--edition", "fy2023")
    shell.run("checklist", "reopen", "--reason", "2回目の確認のため", *list_, *me)
    before = shell.json("checklist", "show", *list_, *me)

    for kind in ("xlsx", "json"):
        shell.run("checklist", "form", *list_, *me, "--format", kind, "-o", f"back.{kind}")
        done = shell.json("checklist", "import", f"back.{kind}", *me)
        assert done["recorded"] == 0

    after = shell.json("checklist", "show", *list_, *me)
    assert [i["state"] for i in after["items"]] == [i["state"] for i in before["items"]]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nothing",), 2, "「nothing」というコマンドはありません"),
        (("check", "--nothing"), 2, "--nothing"),
        (("check", "--as", "nobody"), 3, "「nobody」は登録されていません"),
        (("check", "--as", "tanaka", "--facility", "V01"), 3, "許可されていません"),
        (("check", "--as", "tanaka", "--today", "昨日"), 2, "昨日"),
        (("import", "ledger", "nowhere.xlsx", "--as", "tanaka"), 2, "nowhere.xlsx"),
        (("import", "ledger", "form.pdf", "--as", "tanaka"), 4, "form.pdf"),
        (("checklist", "import", "form.pdf", "--as", "tanaka"), 4, "form.pdf"),
        (("checklist", "show", "--edition", "fy1999", "--as", "tanaka"), 3, "fy1999"),
        (("import", "undo", "99", "--as", "tanaka"), 3, "99"),
        (("ledger", "show", "999", "--as", "tanaka"), 3, "999"),
        (("init",), 3, "初期設定"),
        (("serve", "--host", "0.0.0.0"), 2, "127.0.0.1"),
    ],
)
def test_what_cannot_be_done_is_said_on_standard_error_with_its_exit_code(shell, words, code, said):
    assert said in shell.run(*words, code=code)


def test_english_speakers_get_english(shell):
    said = shell.run("check", "--as", "nobody", code=3, LANG="en_GB.UTF-8")

    assert said.strip() == 'There is no member called "nobody".'
    assert "Take in a ledger" in shell.run("import", "--help", MAMORI_LANG="en")
    assert "機器台帳を取り込む" in shell.run("import", "--help")


def test_the_trail_holds_until_somebody_opens_the_database_file(shell):
    assert shell.json("audit", "verify")["holds"] is True
    with closing(sqlite3.connect(shell.folder / "data" / "mamori.sqlite3")) as file:
        tamper_with(file)

    assert "3番の内容が記録後に変わっています" in shell.run("audit", "verify", code=1)


def tamper_with(file):
    """What somebody with the database file can do: take the guard away and rewrite a line."""
    refusals = file.execute(
        "SELECT count(*) FROM store_auditentry WHERE outcome = 'refused'"
    ).fetchone()[0]
    assert refusals >= 4
    with pytest.raises(sqlite3.DatabaseError, match="never changed"):
        file.execute("UPDATE store_auditentry SET actor = 'x' WHERE number = 3")
    file.execute("DROP TRIGGER store_auditentry_no_update")
    file.execute("UPDATE store_auditentry SET actor = 'x' WHERE number = 3")
    file.commit()
