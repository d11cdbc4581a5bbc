"""How a form is filled in offline: the instructions, and for each item what counts as Yes."""

from mamori.core.form_layout import WORDS
from mamori.core.forms import Form
from mamori.core.text import Language, Text

HELP_SHEET = Text("記入方法", "How to fill in")
HOW: tuple[Text, ...] = (
    Text(
        "色の付いた欄だけに入力します。回答は一覧から選び、"
        "日付は2025/9/12や令和7年9月12日のように入れます。",
        "Fill in the coloured cells only. Choose answers from the list; "
        "write dates like 2025/9/12.",
    ),
    Text(
        "1回目が「いいえ」の項目には目標日を入れます。2回目は1回目より後の日に確認したときに入れます。",
        "Where the first check is No, enter a target date. The second check comes after the first.",
    ),
    Text(
        "斜線の欄は様式にないため、入力できません。",
        "Hatched cells do not exist on the form and cannot be filled.",
    ),
    Text(
        "シートの名前、行、列は変えずに保存してください。数式は読み込めません。",
        "Keep the names of the sheets, the rows and the columns. Formulas cannot be read back.",
    ),
    Text(
        "回答を変えると、その根拠は「申告」になります。",
        "An answer that you change rests on your own word from then on.",
    ),
)
HELP_HEADS = (
    Text("番号", "Code"),
    Text("チェック項目", "Check item"),
    Text("「はい」となる条件", "What counts as Yes"),
    Text("説明", "Explanation"),
    Text("進め方", "How to get there"),
)
HELP_WIDTHS = (10, 40, 44, 44, 56)


def rows(form: Form, language: Language) -> list[tuple[str, ...]]:
    """Give one row for each item: code, item, what counts as Yes, explanation, numbered steps."""
    found: list[tuple[str, ...]] = []
    for item in form.edition.items:
        code = WORDS["presence"].say(language) if item == form.edition.gate else item.code
        control = form.controls.get(item.control)
        if control is None:
            found.append((code, item.text.say(language), "", "", ""))
            continue
        steps = [f"{n}. {step.say(language)}" for n, step in enumerate(control.steps, 1)]
        found.append(
            (
                code,
                item.text.say(language),
                control.yes_when.say(language),
                control.explanation.say(language),
                "\n".join(steps),
            )
        )
    return found
