"""What the terminal says so that nobody is left guessing: columns, decisions, what is lacking."""

import pytest
import xlsxwriter
from click.testing import CliRunner

from mamori.cli import main, root
from mamori.core.text import Language

HEADINGS = ("資産番号", "メーカー", "OS", "ソフト", "IPアドレス", "使用者", "保守料")
ROWS = (
    ("PC-001", "見本電機", "Windows 11 Pro 25H2", "電子カルテ", "192.0.2.1", "外来", "100"),
    ("PC-001", "見本電機", "Windows 11 Pro 25H2", "電子カルテ", "192.0.2.2", "病棟", "100"),
)
HEAD = ("--edition", "fy2025")
pytestmark = pytest.mark.django_db


class Desk:
    """A terminal in one language."""

    def __init__(self, language):
        self.runner = CliRunner(env={"MAMORI_LANG": language})

    def run(self, *words, refused=False):
        done = self.runner.invoke(root.mamori, words)
        assert (done.exception is not None) is refused, (words, done.output, done.exception)
        return done.exception if refused else done.stdout


@pytest.fixture(params=["ja", "en"])
def language(request):
    return request.param


@pytest.fixture
def desk(language, tmp_path, monkeypatch):
    """A hospital with two people, and a ledger in the folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "planner")
    monkeypatch.setenv("MAMORI_LANG", language)
    root.load()
    with xlsxwriter.Workbook("ledger.xlsx") as book:
        sheet = book.add_worksheet("台帳")
        for number, row in enumerate((HEADINGS, *ROWS)):
            sheet.write_row(number, 0, row)
    found = Desk(language)
    found.run("init", "--name", "sato", "--full-name", "佐藤")
    found.run("organisation", "add", "H1", "--kind", "facility", "--name", "ほしぞら病院")
    for role in ("planning_administrator", "safety_administrator"):
        found.run(
            *("member", "add", "sato", "--organisation", "H1", "--role", role),
            *("--full-name", "佐藤", "--since", "2025-04-01"),
        )
    return found


def test_a_dry_run_shows_how_each_column_was_taken(desk, language):
    said = desk.run("import", "ledger", "ledger.xlsx", "--dry-run")

    taken, left = {
        "ja": ("台帳 見出し1行目: 資産番号→管理番号、メーカー、OS", "取り込まない列: 保守料"),
        "en": ("台帳, headings in row 1: 資産番号→Control No.", "Columns not taken: 保守料"),
    }[language]
    assert taken in said
    assert left in said


def test_what_is_to_be_decided_says_how(desk):
    assert "--prefer" in desk.run("import", "ledger", "ledger.xlsx")


def test_the_check_names_the_hospital(desk):
    assert desk.run("check", *HEAD).startswith("ほしぞら病院")


def test_handing_in_and_signing_say_what_is_lacking(desk, language):
    desk.run("checklist", "open", *HEAD)

    submitted = desk.run("checklist", "submit", *HEAD)
    refusal = desk.run("checklist", "sign", *HEAD, refused=True)

    count = len(refusal.problems)
    assert count > 10
    assert f"{count}{'件' if language == 'ja' else ' things'}" in submitted
    assert str(count) in refusal.reason.en


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_whether_there_is_a_vendor_is_repeated_in_words(desk, language, answer):
    said = desk.run("organisation", "vendor", answer)

    words = {"ja": {"yes": "あり", "no": "なし"}, "en": {"yes": "is a", "no": "is no"}}
    assert words[language][answer] in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ledger", "list", "--kind", "x"), {"ja": "次のいずれか", "en": "choose one of server"}),
        (("import", "ledger", "no.xlsx"), {"ja": "「no.xlsx」がない", "en": 'file as "no.xlsx"'}),
        (("check", "--today", "x"), {"ja": "日付「x」を", "en": 'The date "x"'}),
    ],
)
def test_wrong_values_are_explained_in_the_readers_language(desk, language, words, said):
    error = desk.runner.invoke(root.mamori, words, standalone_mode=False).exception

    assert said[language] in main._usage(error).say(Language(language))


def test_the_doctor_speaks_the_language_of_the_reader(desk, language):
    assert {"ja": "データのフォルダ", "en": "Data folder"}[language] in desk.run("doctor")
