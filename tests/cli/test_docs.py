"""The commands that the documents show exist, and those of the guides do what is said."""

import json
import re
import shlex
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest
import xlsxwriter
from click.testing import CliRunner

from mamori.cli import root
from mamori.collectors import clock

ROOT = Path(__file__).parents[2]
HOWTO = ROOT / "docs" / "howto"
PAGES = [p for p in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")) if p.name != "command-line.md"]
SHOWN = re.compile(r"^\$ (mamori .*)$|`(mamori [a-z][^`]*)`", re.MULTILINE)

LEDGER = (
    ("機器台帳", *[""] * 10),
    ("管理番号", "機器種別", "メーカー", "OS", "ソフトウェア", "バージョン", "IPアドレス",
     "コンピュータ名", "設置場所", "利用者", "登録日"),
    ("SV-001", "サーバ", "富士通", "Windows Server 2022", "電子カルテ", "9.2", "192.168.10.10",
     "EMR01", "サーバ室", "情報システム室", "令和5年4月1日"),
    ("PC-001", "端末", "富士通", "Windows 11 Pro 25H2", "電子カルテ", "9.2", "192.168.20.11",
     "PC001", "外来1診", "内科医師", "2024/4/1"),
    ("NW-001", "VPN装置", "フォーティネット", "FortiOS 7.4.8", "", "7.4.8", "192.168.1.1",
     "", "サーバ室", "", "2024/4/1"),
    ("PC-002", "端末", "富士通", "Windows 11 Pro 25H2", "電子カルテ", "9.2", "192.168.20.12",
     "PC002", "受付", "医事課", "2024/13/1"),
)  # fmt: skip


def commands(page):
    """Every mamori command that a page shows."""
    return [block or inline for block, inline in SHOWN.findall(page.read_text("utf-8"))]


@pytest.fixture(scope="module", autouse=True)
def _tree():
    root.load()


def problem(command):
    """Say what is wrong with a command as shown; None: there is such a command."""
    node, words = root.mamori, shlex.split(command)[1:]
    while words and isinstance(node, click.Group) and not words[0].startswith("-"):
        if "|" in words[0] or "…" in words[0] or words[0] == "...":
            return None
        if words[0] not in node.commands:
            return f"{command}: there is no {words[0]}"
        node, words = node.commands[words[0]], words[1:]
    known = {opt for param in node.params for opt in param.opts} | {"--help"}
    unknown = [w for w in words if w.startswith("-") and w != "-" and w not in known]
    return f"{command}: there is no {unknown}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_shown_exists(page):
    assert [found for one in commands(page) if (found := problem(one))] == []


class Desk:
    """Somebody who follows a guide, command by command."""

    def __init__(self, folder):
        self.folder = folder
        self.runner = CliRunner()

    def run(self, command):
        words = shlex.split(command)[1:]
        done = self.runner.invoke(root.mamori, words, catch_exceptions=True)
        why = getattr(done.exception, "reason", done.exception)
        assert done.exit_code == 0, f"{command}\n{done.output}\n{why!r}"
        return done.stdout

    def follow(self, page):
        for command in commands_of(page):
            if "checklist submit" in command:
                self.answer_the_rest()
            if "import undo" in command:
                number = json.loads(self.run("mamori import list --json"))[0]["import"]
                command = f"mamori import undo {number}"
            self.run(command)

    def answer_the_rest(self):
        """As the guide says: answer the other items in the same way."""
        form = json.loads(self.run("mamori checklist show --edition fy2025 --json"))
        for item in form["items"]:
            if item["state"]["first"]["reply"] is None:
                key = shlex.quote(item["item"])
                self.run(f"mamori checklist answer {key} yes --on 2026-01-20 --edition fy2025")


def commands_of(page):
    """The commands of the blocks of a guide, in order."""
    return re.findall(r"^\$ (mamori .*)$", page.read_text("utf-8"), re.MULTILINE)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A machine on a day of FY2025, with a ledger in the folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "planner")
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 25))
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 25, 3, 0, tzinfo=UTC))
    with xlsxwriter.Workbook("ledger.xlsx") as book:
        sheet = book.add_worksheet("台帳")
        for number, row in enumerate(LEDGER):
            sheet.write_row(number, 0, row)
    return Desk(tmp_path)


@pytest.mark.django_db
def test_the_guides_are_followed_from_the_first_check_on(desk):
    desk.follow(HOWTO / "first-check.md")

    assert (desk.folder / "form.pdf").read_bytes().startswith(b"%PDF")
    assert (desk.folder / "form-en.pdf").read_bytes().startswith(b"%PDF")
    form = json.loads(desk.run("mamori checklist show --edition fy2025 --json"))
    assert form["state"] == "signed"
    assert form["revision"] == 2
    second = next(one for one in form["items"] if one["code"] == "2⑦")["state"]
    assert (second["first"]["reply"], second["target_on"]) == ("no", "2026-03-31")
    assert (second["second"]["reply"], second["second"]["on"]) == ("yes", "2026-03-20")


@pytest.mark.django_db
def test_the_ledger_guide(desk):
    for command in commands_of(HOWTO / "first-check.md")[:6]:
        desk.run(command)
    desk.follow(HOWTO / "own-ledger.md")

    listed = json.loads(desk.run("mamori ledger list --json"))
    assert listed["total"] == 3
    assert (desk.folder / "rejects.xlsx").exists()
    assert (desk.folder / "official.xlsx").exists()
    reports = json.loads(desk.run("mamori ledger reports --json"))
    assert [one["confirmed_by"] for one in reports] == ["山田 次郎"]
    suggested = json.loads(desk.run("mamori check --edition fy2025 --json"))["items"]
    assert {one["code"]: one["suggested"] for one in suggested}["2①"] == "yes"


@pytest.mark.django_db
def test_the_offline_guide(desk):
    for command in commands_of(HOWTO / "first-check.md")[:6]:
        desk.run(command)
    desk.run("mamori checklist open --edition fy2025")
    desk.run("mamori checklist answer presence yes --on 2026-01-20 --edition fy2025")
    before = json.loads(desk.run("mamori checklist show --edition fy2025 --json"))["items"]
    desk.follow(HOWTO / "offline-form.md")
    after = json.loads(desk.run("mamori checklist show --edition fy2025 --json"))["items"]
    assert after == before
