"""The words that ledgers use for states and kinds; and how long a cell may be."""

import re
import unicodedata

from mamori.core.ledger import Kind, Status
from mamori.core.ledger_headings import plain_heading, without_brackets


def _words(text: str) -> tuple[str, ...]:
    """Part a list of words at its blanks."""
    return tuple(text.split())


# Longest text a cell may hold, in characters (users: each name).
LONGEST: dict[str, int] = {
    "control_no": 100,
    "manufacturer": 200,
    "os": 300,
    "software": 1000,
    "software_version": 200,
    "ip_address": 500,
    "computer_name": 200,
    "location": 500,
    "users": 200,
    "note": 4000,
    "model": 200,
    "serial": 200,
    "mac_address": 300,
    "system": 200,
}
MOST_USERS = 100
# The words of each state.
STATUS_WORDS: dict[Status, tuple[str, ...]] = {
    Status.IN_USE: _words(
        "使用中 使用 利用中 利用 稼働 稼動 稼働中 稼動中 運用 運用中 現用 使用可 有効 現役 "
        "設置済 設置中 貸出中 本番 本稼働 稼働機 inuse underuse use used using active running "
        "live operational inoperation operating deployed production inservice ○ 〇"
    ),
    Status.OUT_OF_USE: _words(
        "停止 停止中 使用停止 使用停止中 利用停止 利用停止中 休止 休止中 未使用 未使用中 不使用 "
        "使用していない 使用せず 運用停止 運用終了 使用終了 利用終了 撤去 撤去済 故障 故障中 "
        "修理中 修理 点検中 保守中 メンテナンス メンテナンス中 未稼働 非稼働 無効 outofuse "
        "notinuse unused inactive stopped suspended outofservice retired maintenance "
        "undermaintenance broken repair inrepair offline × ✕"
    ),
    Status.SPARE: _words(
        "予備 予備機 予備品 待機 待機中 保管 保管中 在庫 代替機 バックアップ機 スペア spare "
        "standby instock stock storage instorage backup reserve"
    ),
    Status.DISPOSED: _words(
        "廃棄 廃棄済 廃棄済み 処分 処分済 処分済み 除却 除却済 返却 返却済 返却済み 廃止 "
        "廃棄予定済 滅却 disposed disposal discarded scrapped returned decommissioned writtenoff"
    ),
    Status.OTHER: _words("その他 other"),
}
# Words of a kind as they stand in a kind column, a sheet's name or a section row.
KIND_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile("|".join(words)))
    for kind, words in (
        (Kind.IOT, (r"iot|監視カメラ|ネットワークカメラ|webカメラ|ipカメラ|センサ|入退室",)),
        (
            Kind.MEDICAL,
            (
                r"医療機器|医用|モダリティ|生体情報|検査機器|検査装置|医療装置|me機器|医療用機器",
                r"medical|modality",
            ),
        ),
        (
            Kind.NETWORK,
            (
                r"ネットワーク|ルータ|スイッチ|ハブ|ファイアウォール|ファイアウオール|無線lan|アクセスポイント",
                r"通信機器|ゲートウェイ|network|router|switch|hub|firewall|vpn|utm|gateway",
                r"^nw|l[23]sw|^lan$",
            ),
        ),
        (Kind.SERVER, (r"サーバ|server|^sv$|仮想基盤|ストレージ|\bnas\b|仮想マシン|ホスト",)),
        (
            Kind.TERMINAL,
            (
                r"端末|パソコン|クライアント|ノートpc|デスクトップ|ワークステーション|タブレット|シンクライアント",
                r"terminal|client|desktop|laptop|notebook|workstation|tablet|\bpc|pc$",
            ),
        ),
        (Kind.OTHER, (r"^その他|^other$|プリンタ|複合機|printer|周辺機器|\bups\b|無停電",)),
    )
)
KIND_CODES: dict[str, Kind] = {kind.value: kind for kind in Kind}
# What gives a kind away when the ledger does not say it: field, kind, words. First hit counts.
KIND_SIGNS: tuple[tuple[str, Kind, re.Pattern[str]], ...] = tuple(
    (field, kind, re.compile("|".join(words)))
    for field, kind, words in (
        (
            "os",
            Kind.SERVER,
            (
                r"windows server|win(dows)?\s?20(0[038]|12|16|19|22|25)|esxi|vmware|hyper-v",
                r"red ?hat|rhel|centos|ubuntu server|suse|solaris|hp-?ux|\baix\b|oracle linux",
                r"rocky|almalinux|linux",
            ),
        ),
        (
            "os",
            Kind.NETWORK,
            (
                r"forti ?os|nx-os|junos|pan-os|arubaos|alliedware|screenos|sonicos|asa ?os",
                r"routeros",
                r"\bios[- ]?x?e?\b ?(?:[xv]?r?\d*\.|12\.|15\.|1[67]\.\d+\.)|ios-xe|^rev\.? ?\d",
            ),
        ),
        (
            "os",
            Kind.TERMINAL,
            (
                r"iphone|ipados|android|windows|win ?(xp|vista|7|8|8\.1|10|11)|mac ?os|chrome ?os",
                r"^ios ?\d",
            ),
        ),
        (
            "software",
            Kind.NETWORK,
            (
                r"fortigate|fortiswitch|fortiap|catalyst|nexus|meraki|aruba|univerge ix|netscreen",
                r"\b(rtx|nvr|srt|srx|wlx|asa|sg|gs) ?\d{3}|\bix ?[23]\d{3}|\bwxr-|\bwapm",
                r"\bat-[a-z]|\bar[34]\d{3}|centrecom|apresia|big-ip|sonicwall|palo ?alto",
                r"ルータ|スイッチ|ファイアウォール|vpn装置",
            ),
        ),
        (
            "model",
            Kind.NETWORK,
            (
                r"fortigate|catalyst|aruba|apresia|\b(rtx|srx) ?\d|\bwxr-|\bix ?[23]\d{3}",
                r"\bat-[a-z]|ルータ|スイッチ",
            ),
        ),
        (
            "model",
            Kind.SERVER,
            (r"poweredge|proliant|primergy|express5800|system x|thinksystem",),
        ),
        (
            "model",
            Kind.TERMINAL,
            (
                r"latitude|optiplex|lifebook|esprimo|thinkpad|elitebook|probook|let'?s ?note",
                r"dynabook|versapro|\bmate\b|prodesk|surface|ipad",
            ),
        ),
        (
            "computer_name",
            Kind.SERVER,
            (r"^(sv|srv|svr|server|dc|db|esx)[-_0-9]|サーバ|server",),
        ),
        (
            "computer_name",
            Kind.NETWORK,
            (
                r"^(nw|net|rt|rtr|sw|fw|ap|vpn|l[23]sw|hub)[-_0-9]",
                r"ルータ|スイッチ|ファイアウォール|アクセスポイント",
            ),
        ),
        ("computer_name", Kind.MEDICAL, (r"^(me|med|md|mod)[-_0-9]",)),
        ("computer_name", Kind.IOT, (r"^(cam|iot|sensor)[-_0-9]|カメラ|センサ",)),
        (
            "computer_name",
            Kind.TERMINAL,
            (r"^(pc|nb|nt|tb|cl|tm|wks|ws|note)[-_ 0-9]|端末|ノート|パソコン|\bpc\b",),
        ),
        (
            "manufacturer",
            Kind.MEDICAL,
            (
                r"日本光電|フクダ電子|テルモ|オリンパス|シスメックス|ニプロ|アトムメディカル|島津",
                r"キヤノンメディカル|フィリップス|ge ?ヘルス|シーメンスヘルス|メドトロニック",
                r"ドレーゲル",
                r"日立メディカル|コヴィディエン|エドワーズ|バクスター|\bbd\b|baxter|philips",
                r"ge ?health|siemens health|medtronic|dr[aä]ger",
            ),
        ),
        (
            "manufacturer",
            Kind.NETWORK,
            (
                r"フォーティネット|シスコ|ヤマハ|アライドテレシス|ジュニパー|バッファロー|ネットギア",
                r"fortinet|cisco|yamaha|allied|juniper|aruba|buffalo|apresia|palo ?alto|sonicwall",
                r"watchguard|netgear|extreme|\bf5\b",
            ),
        ),
        ("manufacturer", Kind.IOT, (r"アクシス|\baxis\b",)),
    )
)
STATUS_OF_WORD: dict[str, Status] = {
    plain_heading(word): status for status, words in STATUS_WORDS.items() for word in words
} | {plain_heading(status.value): status for status in Status}


def status_of(text: str) -> Status | None:
    """Read a state word; None when it is not one known here."""
    plain = plain_heading(text)
    return STATUS_OF_WORD.get(plain) or STATUS_OF_WORD.get(without_brackets(plain))


def kinds_in(text: str) -> frozenset[Kind]:
    """Give every kind that a few words speak of."""
    folded = unicodedata.normalize("NFKC", text).lower().strip()
    if folded in KIND_CODES:
        return frozenset((KIND_CODES[folded],))
    return frozenset(kind for kind, pattern in KIND_WORDS if pattern.search(folded))


def kind_of(text: str) -> Kind | None:
    """Read a kind from a kind cell; the most telling word counts, None when there is none."""
    found = kinds_in(text)
    return next((kind for kind, _ in KIND_WORDS if kind in found), None)
