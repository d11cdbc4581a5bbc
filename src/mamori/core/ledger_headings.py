"""The headings of ledgers, in Japanese and English, and the field that each one names."""

import re
import unicodedata
from functools import cache


def _words(text: str) -> tuple[str, ...]:
    """Part a list of words at its blanks."""
    return tuple(text.split())


# Headings after `plain_heading`; the first of a list is the strongest where a sheet has several.
HEADINGS: dict[str, tuple[str, ...]] = {
    "control_no": _words(
        "管理番号 管理no 機器管理番号 資産管理番号 資産番号 機器番号 台帳番号 備品番号 機器no "
        "資産no 管理id 資産id 機器id 資産コード 管理コード 端末番号 登録番号 controlno "
        "controlnumber assettag assetno assetnumber assetid inventoryno inventorynumber "
        "managementno tag id 番号 no 項番 通番 連番 number #"
    ),
    "manufacturer": _words(
        "メーカー メーカ メーカー名 メーカ名 製造元 製造者 製造会社 製造業者 製造販売業者 "
        "製造メーカー 製造メーカ 開発元 ベンダー ベンダ manufacturer maker vendor make brand"
    ),
    "os": _words(
        "os オペレーティングシステム 基本ソフト 基本ソフトウェア os名 os名称 os種別 os種類 "
        "osファームウェア os/fw osfw ファームウェア ファームウエア ファーム fw firmware "
        "operatingsystem osname osfirmware"
    ),
    "software": _words(
        "ソフトウェア ソフトウエア ソフト ソフト名 ソフトウェア名 ソフトウエア名 "
        "ソフトウェア名称 ソフトウエア名称 ソフト名称 導入ソフトウェア 導入ソフト "
        "主なソフトウェア 主要ソフトウェア 搭載ソフト 搭載ソフトウェア インストールソフト "
        "アプリケーション アプリケーション名 アプリ アプリ名 アプリケーションソフト パッケージ名 "
        "製品名 製品名称 software softwarename application applicationname app product "
        "productname"
    ),
    "software_version": _words(
        "ソフトウェアバージョン ソフトウエアバージョン ソフトバージョン ソフトver "
        "ソフトウェアver ソフトウエアver バージョン ver version 版 版数 バージョン情報 "
        "アプリバージョン アプリケーションバージョン ソフトウェア版数 softwareversion "
        "softwarever swversion swver appversion versionno リビジョン release"
    ),
    "ip_address": _words(
        "ipアドレス ip ipv4アドレス ipv4 ipaddress ipaddr ipaddresses ネットワークアドレス "
        "アドレス ipアドレスv4 ネットワーク情報 address networkaddress 固定ip 固定ipアドレス"
    ),
    "computer_name": _words(
        "コンピュータ名 コンピューター名 コンピュータ名称 コンピューター名称 ホスト名 ホスト名称 "
        "ホスト 端末名 端末名称 pc名 pc名称 マシン名 ノード名 サーバ名 サーバー名 機器名 "
        "機器名称 装置名 名称 computername computer hostname host machinename devicename pcname "
        "nodename servername name"
    ),
    "location": _words(
        "設置場所 設置箇所 設置先 配置場所 設置部署 使用場所 利用場所 保管場所 場所 所在 所在地 "
        "設置位置 ロケーション 設置部門 installedlocation installationlocation installlocation "
        "location place site 設置室 室名 部屋 部屋名 部署 部署名 部門 所属 所属部署 使用部署 "
        "利用部署 管理部署 room department"
    ),
    "users": _words(
        "利用者 使用者 利用者名 使用者名 ユーザー ユーザ ユーザー名 ユーザ名 主な利用者 "
        "主な使用者 主利用者 主使用者 user users username enduser assignedto 担当者 担当者名 "
        "担当 管理者 管理責任者 機器担当者 利用部門担当者 owner personincharge"
    ),
    "registered_on": _words(
        "登録日 登録年月日 登録日付 台帳登録日 導入日 導入年月日 導入時期 購入日 購入年月日 "
        "取得日 取得年月日 設置日 設置年月日 納入日 納品日 利用開始日 使用開始日 運用開始日 "
        "稼働開始日 配備日 registrationdate registered registeredon dateregistered "
        "registereddate purchasedate purchased installdate installationdate introductiondate "
        "dateofregistration deploymentdate 日付 date"
    ),
    "status": _words(
        "状態 状況 使用状況 利用状況 稼働状況 運用状況 使用状態 利用状態 稼働状態 運用状態 "
        "ステータス 現況 現状 稼働 使用区分 status state usage usagestatus condition "
        "lifecyclestatus"
    ),
    "note": _words(
        "備考 備考欄 摘要 説明 メモ 注記 コメント 特記事項 補足 その他 explanation note notes "
        "remark remarks comment comments description memo"
    ),
    "kind": _words(
        "種別 機器種別 区分 機器区分 分類 機器分類 種類 機器の種類 機器種類 カテゴリ カテゴリー "
        "装置種別 資産種別 kind type category devicetype assettype class devicecategory "
        "equipmenttype"
    ),
    "model": _words(
        "型番 型式 機種 機種名 形式 モデル モデル名 型名 製品型番 機種型番 品番 ハードウェア "
        "model modelname modelno modelnumber partnumber hardware 品名"
    ),
    "serial": _words(
        "製造番号 シリアル シリアル番号 シリアルno シリアルナンバー 製番 機番 個体番号 sn s/n "
        "serial serialno serialnumber"
    ),
    "mac_address": _words(
        "macアドレス mac macaddress 物理アドレス ethernetアドレス macaddr イーサネットアドレス "
        "physicaladdress"
    ),
    "system": _words(
        "医療情報システム システム システム名 システム名称 業務システム 部門システム "
        "対象システム 所属システム 利用システム 使用システム system systemname healthcaresystem"
    ),
}
# A second column that completes the first: joined to it with a blank, in the order of the sheet.
PARTS: dict[str, str] = {
    word: field
    for field, words in (
        (
            "os",
            _words("osバージョン osver os版数 osversion osビルド osエディション osbuild osedition"),
        ),
        (
            "location",
            _words("棟 階 フロア 建物 建屋 棟名 階数 building floor"),
        ),
    )
    for word in words
}
# A heading that contains one of the words, and none of the barred ones: a proposal of less weight.
CONTAINS: tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...] = tuple(
    (field, re.compile(words), re.compile(barred) if barred else None)
    for field, words, barred in (
        ("mac_address", r"macアドレス|mac.?addr|物理アドレス", ""),
        ("ip_address", r"ipアドレス|ip.?addr|^ip|ipv4", "ipv6|サブネット|subnet|範囲"),
        ("serial", r"シリアル|製造番号|serial", ""),
        ("software_version", r"(ソフト|アプリ|soft|app|sw).*(バージョン|ver|版)", ""),
        (
            "registered_on",
            r"(登録|導入|購入|取得|設置|納入|利用開始|使用開始).*(日|年月|時期)"
            r"|(purchase|regist|install).*date",
            "更新",
        ),
        (
            "os",
            r"オペレーティング|^os|operatingsystem|ファームウ",
            "バージョン|ver|版|更新|サポート|期限|ライセンス|support",
        ),
        (
            "software",
            r"ソフト|アプリ|software|application",
            "バージョン|ver|版|更新|期限|ライセンス|ウイルス|基本|数",
        ),
        (
            "computer_name",
            r"(コンピュータ|ホスト|端末|マシン|host|computer).*(名|name)",
            "所有|利用|使用|担当",
        ),
        ("manufacturer", r"メーカ|製造元|製造会社|manufactur|vendor", "保守|連絡|電話|番号"),
        (
            "control_no",
            r"(管理|資産|機器|台帳|備品).*(番号|no|id|コード)|asset.?(tag|no|id)|control.?n",
            "ip|mac|シリアル|契約",
        ),
        (
            "location",
            r"(設置|配置|使用|利用|保管).*(場所|箇所|先|部署|部門)|location|ロケーション",
            "日|旧",
        ),
        ("users", r"(利用|使用).*者|ユーザ", "日|数|連絡|電話|id"),
        (
            "status",
            r"(使用|利用|稼働|運用|現在).*(状況|状態|区分)|ステータス|status",
            "",
        ),
        ("model", r"型番|型式|機種|model", ""),
        ("kind", r"(機器|装置|資産).*(種別|区分|分類|種類|カテゴリ)", ""),
        ("note", r"備考|摘要|特記|remark|コメント", ""),
        ("system", r"(業務|部門|医療情報)システム|システム名", ""),
    )
)
GENERIC_CHILDREN = frozenset(
    (
        "名称",
        "名",
        "番号",
        "種類",
        "種別",
        "バージョン",
        "ver",
        "version",
        "版数",
        "版",
        "name",
        "no",
        "メーカー",
        "型番",
    )
)
# A group heading that adds nothing to the headings below it: 機器 above メーカー and 型番.
NEUTRAL_PARENTS = frozenset(
    _words(
        "機器 機器情報 機器名称等 装置 装置情報 端末 端末情報 本体 本体情報 ハードウェア "
        "ハードウェア情報 基本情報 資産 資産情報 製品 製品情報 device hardware equipment asset"
    )
)
_HEADING_MARKS = re.compile(
    r"[\s*＊※☆★◎●■◆▼▲・.．:：_'\"`´’‐‑–—-]+|\((?:必須|任意|半角|全角|required|optional)\)|※\d*"
)
# Longer words are no headings, and looking for brackets in them would take minutes.
LONGEST = 200
_BRACKETS = re.compile(r"[(\[【〔<「][^)\]】〕>」]*[)\]】〕>」]")


@cache
def plain_heading(text: str) -> str:
    """Fold a heading to its bare word: widths, case, blanks and marks go."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _HEADING_MARKS.sub("", folded)


def without_brackets(heading: str) -> str:
    """Drop what a heading explains in brackets: ipアドレス(v4) is ipアドレス."""
    return heading if len(heading) > LONGEST else _BRACKETS.sub("", heading)


def _by_word() -> dict[str, tuple[str, int]]:
    """Turn the lists of headings into a look-up of word to (field, rank)."""
    found: dict[str, tuple[str, int]] = {}
    for field, words in HEADINGS.items():
        for rank, word in enumerate(words):
            found.setdefault(plain_heading(word), (field, rank))
    return found


FIELD_OF_HEADING: dict[str, tuple[str, int]] = _by_word()
