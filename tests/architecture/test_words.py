"""Every sentence stands in both languages, side by side, in the words staff use."""

import ast
import re
from string import Formatter

import pytest
from architecture import source

from mamori.editions import loader

# Words for which staff have their own (docs/reference/glossary.md).
KATAKANA = {
    "ベンダー": "事業者",
    "ベンダ": "事業者",
    "エビデンス": "根拠",
    "コントロール": "管理策",
    "アセット": "機器",
    "アイテム": "項目",
    "ユーザー": "利用者",
    "ユーザ": "利用者",
    "インポート": "取込み",
    "エクスポート": "書出し",
    "テンプレート": "雛形",
    "フォーム": "様式",
    "ステータス": "状態",
    "エラー(?:が発生|です|になり)": "(何が起きたかを書く)",
    "キャンセル": "取消し",
    "デフォルト": "既定",
    "セットアップ": "初期設定",
    "ダッシュボード": "一覧",
    "タスク": "作業",
    "コンプライアンス": "適合",
    "レビュー": "確認",
    "ステークホルダー": "関係者",
}
# Strings that hold Japanese outside Text, and why; nothing here is said to a person as a sentence.
READ_FROM_FILES = "words that people write in files, to be recognised"
DATES = "eras and parts of a date"
INVENTED = "data of the made-up hospital"
ALLOWED = {
    "core/calendar.py": DATES,
    "exporters/form_pdf.py": DATES,
    "exporters/form_xlsx.py": DATES,
    "web/templatetags/say.py": DATES,
    "core/edition_cells.py": READ_FROM_FILES,
    "core/inventory.py": READ_FROM_FILES,
    "core/ledger_headings.py": READ_FROM_FILES,
    "core/ledger_words.py": READ_FROM_FILES,
    "core/lifecycles.py": READ_FROM_FILES,
    "core/workbook_scan.py": READ_FROM_FILES,
    "core/written_dates.py": READ_FROM_FILES,
    "checks/ledger.py": READ_FROM_FILES,
    "importers/": READ_FROM_FILES,
    "demo/": INVENTED,
    "checks/vulnerabilities.py": "the Japanese half of a Text, put together just above it",
    "cli/ledger.py": "column heads, a Japanese and an English tuple side by side",
}
# How a link to the other language is named: in that language.
OWN_NAMES = ("日本語のPDF", "日本語")
SAY = re.compile(r"{%\s*say\b(.*?)%}", re.DOTALL)
ARGUMENT = re.compile(r"""\b(ja|en|one)=(?:"([^"]*)"|'([^']*)')""")
# A word of the form, quoted with its meaning behind it: いいえ (No).
QUOTED = re.compile(f"{source.JAPANESE.pattern}+ (?=\\()")
TEMPLATES = sorted((source.SOURCE / "web" / "templates").rglob("*.html"))


def sentences():
    """Every pair of sentences, wherever it stands."""
    yield from source.literals()
    for where, text in source.living():
        yield where, text.ja, text.en
    for edition in loader.load_all():
        for text in source._texts(edition, set()):
            yield edition.id, text.ja, text.en
    for control in loader.controls().values():
        for text in source._texts(control, set()):
            yield f"controls.toml {control.id}", text.ja, text.en
    for path in TEMPLATES:
        for tag in SAY.findall(path.read_text("utf-8")):
            said = {word: double or single for word, double, single in ARGUMENT.findall(tag)}
            yield source.name(path), said.get("ja", ""), said.get("en", "")


def broken(rule):
    """Every sentence that breaks a rule."""
    return sorted({f"{where}: {ja} | {en}" for where, ja, en in sentences() if rule(ja, en)})


def places(sentence):
    """The {places} of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_there_are_sentences_to_look_at():
    assert len(list(source.literals())) > 300
    assert len(source.living()) > 300


def test_both_languages_are_there():
    assert broken(lambda ja, en: not ja.strip() or not en.strip()) == []


def test_both_languages_have_the_same_places():
    assert broken(lambda ja, en: ja != en and places(ja) != places(en)) == []


def test_nobody_is_shouted_at():
    """No exclamation mark, half or full width, in either language."""
    marks = re.compile(r"(?<!#REF)[!!](?!\{)")
    assert broken(lambda ja, en: marks.search(ja) or marks.search(en)) == []


def test_japanese_questions_use_the_full_width_mark():
    assert broken(lambda ja, en: ja != en and "?" in ja) == []


def test_english_holds_no_kana_and_no_kanji():
    kanji = source.JAPANESE.search
    assert broken(lambda ja, en: ja != en and kanji(QUOTED.sub("", en))) == []


@pytest.mark.parametrize("word", KATAKANA)
def test_no_katakana_where_staff_have_a_word(word):
    alone = re.compile(f"(?<![ァ-ヶー]){word}(?![ァ-ヶー])")
    assert broken(lambda ja, _: alone.search(ja)) == [], f"staff say {KATAKANA[word]}"


def stray(path):
    """Japanese strings of a module that stand in no Text, say or pair."""
    found = []

    def look(node, said):
        if isinstance(node, ast.Call):
            said = said or source.called(node) in source.SAYS
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            said = said or _is_pair(*node.elts)
        if isinstance(node, ast.IfExp):
            said = said or _holds(node.body) != _holds(node.orelse)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            rest = node.body[1:]
        elif isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            rest = node.body
        else:
            rest = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if not said and source.JAPANESE.search(node.value):
                found.append(f"{source.at(path, node)}: {node.value[:40]}")
            return
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            rest = [*rest, *node.decorator_list]
        if isinstance(node, ast.FunctionDef):
            rest = [*rest, node.args]
        for child in rest:
            look(child, said)

    look(source.tree(path), said=False)
    return found


def _holds(node):
    """Say whether an expression holds Japanese: one branch does, the other says it in English."""
    strings = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
    return any(isinstance(s, str) and source.JAPANESE.search(s) for s in strings)


def _is_pair(first, second):
    """Say whether two expressions are a sentence in Japanese and in English."""
    both = [n.value for n in (first, second) if isinstance(n, ast.Constant)]
    if len(both) != 2 or not all(isinstance(one, str) for one in both):
        return False
    return bool(source.JAPANESE.search(both[0])) and not source.JAPANESE.search(both[1])


def allowed(path):
    """The entry of the allow-list that covers a module."""
    inside = path.relative_to(source.SOURCE).as_posix()
    return next(
        (k for k in ALLOWED if inside == k or (k[-1] == "/" and inside.startswith(k))), None
    )


def test_japanese_stands_beside_its_english():
    found = [one for path in source.modules() if allowed(path) is None for one in stray(path)]
    assert found == [], "write Text(ja, en), or say in ALLOWED why not"


def test_the_allow_list_holds_nothing_that_is_not_needed():
    used = {allowed(path) for path in source.modules() if stray(path)}
    assert sorted(set(ALLOWED) - used) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_templates_say_japanese_only_with_its_english(path):
    text = SAY.sub("", path.read_text("utf-8"))
    for own in OWN_NAMES:
        text = text.replace(own, "")
    assert source.JAPANESE.findall(text) == []
