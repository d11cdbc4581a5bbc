# ruff: noqa: INP001
"""Write the reference pages that are made from the code: permissions, states, checks, commands.

Use: .venv/bin/python scripts/make_reference.py
A test compares docs/reference with what `pages()` gives, so the pages cannot fall behind.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
LANGUAGES = ("ja", "en")
sys.path.insert(0, str(ROOT / "src"))

HEADER = (
    "<!-- Made by scripts/make_reference.py from the code: change the code, not this page. -->\n"
)
EXIT_CODES = (
    (0, "完了した", "done"),
    (1, "点検や検証の結果、問題があった", "a check or verification says no"),
    (2, "コマンドの指定が正しくない", "wrong usage"),
    (
        3,
        "許可されていない、又は状態や決まりにより行えない",
        "refused: who asks, or the state, does not allow it",
    ),
    (4, "ファイルを読み書きできない", "a file cannot be read or written"),
)
ENVIRONMENT = (
    ("MAMORI_DATA", "データを保存するフォルダ", "the folder that holds the data"),
    (
        "MAMORI_DATABASE",
        "データベース(sqlite:///ファイル、又は postgresql://…)",
        "the database (sqlite:///FILE or postgresql://…)",
    ),
    ("MAMORI_LANG", "表示する言語(ja、en)", "the language spoken (ja, en)"),
    (
        "MAMORI_SECRET_KEY",
        "署名用の鍵。なければデータのフォルダに作成",
        "the signing key; without it one is made in the data folder",
    ),
    (
        "MAMORI_HOSTS",
        "画面を開けるホスト名(コンマ区切り)",
        "host names the page answers to, by comma",
    ),
)
# What a parameter means where the command itself has no sentence for it.
MEANINGS = {
    "file": ("読み込むファイル", "the file to read"),
    "files": ("読み込むファイル", "the files to read"),
    "item": (
        "項目のキー。重ならなければコードでもよい",
        "key of the item, or its code where it is not shared",
    ),
    "value": ("はい・いいえ・取消し", "Yes, No, or take back"),
    "answer": ("はい・いいえ", "Yes or No"),
    "code": ("組織のコード", "code of the organisation"),
    "vendor_code": ("事業者のコード", "code of the vendor"),
    "name": ("利用者の短い名前", "short name of the member"),
    "old": ("元の版", "the older edition"),
    "new": ("新しい版", "the newer edition"),
    "number": ("番号", "its number"),
    "--subject": ("対象(医療機関・薬局・事業者)", "whom the list is for"),
    "--format": ("形式", "format"),
    "--language": ("様式の言語", "language of the form"),
    "--output": ("書き出すファイル", "the file to write"),
    "--kind": ("種類", "kind"),
    "--name": ("名称", "name"),
    "--name-en": ("英語の名称", "name in English"),
    "--parent": ("上位の組織のコード", "code of the organisation above it"),
    "--beds": ("病床数", "number of beds"),
    "--begins": ("契約の開始日", "first day of the contract"),
    "--ends": ("契約の終了日", "last day of the contract"),
    "--remote-maintenance": ("リモート保守の有無", "whether there is remote maintenance"),
    "--organisation": ("組織のコード", "code of the organisation"),
    "--role": ("役割", "role"),
    "--full-name": ("氏名", "full name"),
    "control_no": ("管理番号", "control number"),
    "report": ("報告の番号", "number of the report"),
    "--start": ("何件目から", "leave out the first so many"),
    "--size": ("件数", "how many"),
    "--status": ("機器の状況", "status of the apparatus"),
    "--host": ("待ち受けるアドレス", "address to listen on"),
    "--port": ("ポート番号", "port"),
}
EXIT_LINE = (
    "`Ctrl+C` で止めると130です。理由は標準エラー出力に、結果は標準出力に書きます。",
    "Stopped with Ctrl+C: 130. Reasons go to standard error, results to standard output.",
)


def pages() -> dict[str, str]:
    """Give every generated page by its file name."""
    return {
        "permissions.md": permissions(),
        "states.md": states(),
        "checks.md": checks(),
        "command-line.md": command_line({one: tree_in(one) for one in LANGUAGES}),
    }


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Give a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    cells = (" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines)
    return "".join(f"| {line} |\n" for line in cells)


def permissions() -> str:
    """Give the table of role x object x action."""
    from mamori.core.permissions import ACTION_NAMES, ALLOWED, THING_NAMES
    from mamori.core.viewer import ROLE_NAMES, Role

    rows = []
    for (thing, action), roles in ALLOWED.items():
        ordered = [role for role in Role if role in roles]
        everybody = len(ordered) == len(Role)
        rows.append(
            (
                f"{THING_NAMES[thing].ja} / {THING_NAMES[thing].en}",
                f"{ACTION_NAMES[action].ja} / {ACTION_NAMES[action].en}",
                "すべての役割" if everybody else "、".join(ROLE_NAMES[r].ja for r in ordered),
                "every role" if everybody else ", ".join(ROLE_NAMES[r].en for r in ordered),
            )
        )
    return (
        f"{HEADER}\n# 権限 / Permissions\n\n"
        "表にないことは、誰にも許可されません。事業者の利用者は、契約のある医療機関の自社のチェックリストだけを、"
        "立入検査担当者は、担当地域の医療機関の確定済みのチェックリストだけを扱えます。\n\n"
        "What the table does not name is refused to everybody. Members of a vendor reach only the "
        "lists of their own vendor, at facilities with a contract; inspectors only the signed "
        "lists of facilities in their area.\n\n"
        f"{table(('対象 / thing', '操作 / action', '許可される役割', 'allowed roles'), rows)}"
    )


def states() -> str:
    """Give the transitions of a checklist, as a table and as a picture."""
    from mamori.core.permissions import ACTION_NAMES, ALLOWED, Thing
    from mamori.core.policies import ANSWERABLE, STATE_NAMES, TRANSITIONS
    from mamori.core.viewer import ROLE_NAMES, Role

    rows, arrows = [], []
    for (state, step), found in TRANSITIONS.items():
        asks = [
            said
            for said, wanted in (
                ("理由 / a reason", found.needs_reason),
                ("記入漏れがないこと / nothing missing", found.needs_completeness),
            )
            if wanted
        ]
        who = [role for role in Role if role in ALLOWED[Thing.CHECKLIST, step]]
        rows.append(
            (
                f"{STATE_NAMES[state].ja} / {STATE_NAMES[state].en}",
                f"{ACTION_NAMES[step].ja} / {ACTION_NAMES[step].en}",
                f"{STATE_NAMES[found.to].ja} / {STATE_NAMES[found.to].en}",
                "、".join(asks) or "–",
                "始まる / begins" if found.new_revision else "–",
                "、".join(f"{ROLE_NAMES[r].ja} / {ROLE_NAMES[r].en}" for r in who),
            )
        )
        arrows.append(f"  {state.value} --> {found.to.value}: {ACTION_NAMES[step].en}\n")
    open_ = "、".join(f"{STATE_NAMES[s].ja} / {STATE_NAMES[s].en}" for s in ANSWERABLE)
    head = (
        "状態 / state",
        "操作 / step",
        "次の状態 / leads to",
        "必要なもの / asks for",
        "改訂 / new revision",
        "医療機関のリストで行う人 / who, on the facility's list",
    )
    return (
        f"{HEADER}\n# チェックリストの状態 / States of a checklist\n\n"
        f"表にない操作は行えません。回答を変更できるのは次の状態だけです: {open_}。\n\n"
        f"A step that is not in the table is refused. Answers can change only in: {open_}.\n\n"
        f"{table(head, rows)}\n"
        f"```mermaid\nstateDiagram-v2\n  [*] --> open\n{''.join(arrows)}```\n"
    )


def checks() -> str:
    """Give every check, the control it speaks for and the facts it needs."""
    from mamori import checks as package
    from mamori.core import checking
    from mamori.core.editions import SCOPE_NAMES
    from mamori.core.evidence import MAX_AGE_DAYS, TOPIC_NAMES
    from mamori.editions import loader

    checking.registry.load(package)
    controls = loader.controls()
    parts = []
    for name, one in checking.registry:
        control = controls[one.control].title
        scopes = [f"{SCOPE_NAMES[s].ja} / {SCOPE_NAMES[s].en}" for s in one.scopes]
        needs = [f"{TOPIC_NAMES[t].ja} / {TOPIC_NAMES[t].en}" for t in one.needs]
        alone = "なる / yes" if one.alone else "ならない / no"
        parts.append(
            f"## `{name}`\n\n{one.title.ja} / {one.title.en}\n\n"
            f"{(one.run.__doc__ or '').strip().splitlines()[0]}\n\n"
            f"- 管理策 / control: `{one.control}` {control.ja} / {control.en}\n"
            f"- 対象 / about: {'、'.join(scopes) or 'すべて / everything'}\n"
            f"- 必要な情報 / facts: {'、'.join(needs)}\n"
            f"- これだけで「はい」の根拠に / a Met alone makes a Yes: {alone}\n"
        )
    ages = [
        (f"{TOPIC_NAMES[topic].ja} / {TOPIC_NAMES[topic].en}", f"{days}")
        for topic, days in MAX_AGE_DAYS.items()
    ]
    return (
        f"{HEADER}\n# 確認の一覧 / Checks\n\n"
        "それぞれの確認は、管理策について「適合・不適合・確認できず・対象外」のいずれかを示します。"
        "情報がない場合と、次の日数より古い場合は「確認できず」になります。\n\n"
        "Each check says met, not met, unknown or not applicable about one control. Where the "
        "facts are missing, or older than this many days, it says unknown.\n\n"
        f"{table(('情報 / facts', '日数 / days'), ages)}\n" + "\n".join(parts)
    )


def command_line(trees: dict[str, dict[str, Any]]) -> str:
    """Give every command with its options, in both languages."""
    parts = [
        f"{HEADER}\n# コマンド / Command line\n\n"
        "表示の言語は `MAMORI_LANG`、なければ端末のロケールで決まります(どちらもなければ日本語)。"
        "操作する人は `--as`、なければ `mamori init` で端末の利用者に結び付けた人です。\n\n"
        "The language is `MAMORI_LANG`, else the locale, else Japanese. Who acts is `--as`, else "
        "the member that `mamori init` bound to the operating-system user.\n\n"
        "## 終了コード / Exit codes\n\n",
        table(("コード / code", "意味", "meaning"), [(f"{n}", ja, en) for n, ja, en in EXIT_CODES]),
        f"\n{EXIT_LINE[0]}\n{EXIT_LINE[1]}\n\n## 環境変数 / Environment\n\n",
        table(
            ("名前 / name", "意味", "meaning"), [(f"`{n}`", ja, en) for n, ja, en in ENVIRONMENT]
        ),
    ]
    english = {one["path"]: one for one in _commands(trees["en"])}
    params = [param for one in english.values() for param in one["params"]]
    unsaid = {p["key"] for p in params if not p["help"] and p["key"] not in MEANINGS}
    if unsaid:
        raise LookupError(f"say what {sorted(unsaid)} mean: help= in the command, or MEANINGS")
    for one in _commands(trees["ja"]):
        parts.append(_command(one, english[one["path"]]))
    return "".join(parts)


def _commands(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give every command that does something, depth first, by name."""
    if not node["commands"]:
        yield node
    for child in node["commands"]:
        yield from _commands(child)


def _command(japanese: dict[str, Any], english: dict[str, Any]) -> str:
    """Give one command."""
    rows = [
        (f"`{ja['shape']}`", *_meaning(ja, en), ja["more"])
        for ja, en in zip(japanese["params"], english["params"], strict=True)
    ]
    head = ("指定 / parameter", "説明", "meaning", "値 / values")
    return (
        f"\n## `{japanese['path']}`\n\n{japanese['help']}\n\n{english['help']}\n\n"
        f"```\n{japanese['usage']}\n```\n" + (f"\n{table(head, rows)}" if rows else "")
    )


def _meaning(japanese: dict[str, str], english: dict[str, str]) -> tuple[str, str]:
    """Give what a parameter means: the command's own words, else those of the table above."""
    if japanese["help"]:
        return japanese["help"], english["help"]
    return MEANINGS[japanese["key"]]


def tree_in(language: str) -> dict[str, Any]:
    """Give the tree of commands as another process sees it that speaks one language."""
    settings = {
        "MAMORI_LANG": language,
        "MAMORI_SECRET_KEY": "not-used",
        "DJANGO_SETTINGS_MODULE": "mamori.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
    }
    said = subprocess.run(  # noqa: S603 - this very file
        [sys.executable, str(Path(__file__).resolve()), "--tree"],
        env=os.environ | settings,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def tree() -> dict[str, Any]:
    """Give the tree of commands in the language of this process."""
    import django

    django.setup()
    from mamori.cli import root

    root.load()
    return _node(root.mamori, None, "mamori")


def _node(command: Any, parent: Any, name: str) -> dict[str, Any]:
    """Give one command or group as plain data."""
    import click

    here = click.Context(command, info_name=name, parent=parent)
    children = getattr(command, "commands", {})
    return {
        "path": here.command_path,
        "help": command.help or "",
        "usage": command.get_usage(here).removeprefix("Usage: "),
        "params": [_param(one, here) for one in command.params if not children],
        "commands": [_node(children[child], here, child) for child in sorted(children)],
    }


def _param(one: Any, here: Any) -> dict[str, str]:
    """Give one option or argument: how it is written, what it means, which values it takes."""
    import click

    is_option = isinstance(one, click.Option)
    choices = one.type.choices if isinstance(one.type, click.Choice) else ()
    more = [", ".join(f"`{c}`" for c in choices)] if choices else []
    if is_option and one.required:
        more.append("必須 / required")
    if is_option and one.multiple:
        more.append("繰返し可 / repeatable")
    if is_option and not one.is_flag and isinstance(one.default, str | int) and one.default != "":
        more.append(f"既定値 / default: `{one.default}`")
    shape, key = one.make_metavar(here), one.name or ""
    if is_option:
        key = max(one.opts, key=len)
        plain = "NUMBER" if one.type.name.startswith("integer") else one.type.name.upper()
        word = one.metavar or (key.lstrip("-").upper() if choices else plain)
        shape = ", ".join(one.opts) if one.is_flag else f"{', '.join(one.opts)} {word}"
    return {
        "key": key,
        "shape": shape,
        "help": getattr(one, "help", "") or "",
        "more": "; ".join(more),
    }


def main() -> None:
    """Write the pages, or with --tree print the tree of commands."""
    if "--tree" in sys.argv:
        sys.stdout.write(json.dumps(tree(), ensure_ascii=False))
        return
    for name, page in pages().items():
        (REFERENCE / name).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
