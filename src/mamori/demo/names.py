# ruff: noqa: E501 - tables with wide characters
"""Believable names for the demonstration: invented people and companies, no real ones."""

from dataclasses import dataclass
from random import Random

# Among them the characters that break old software: 髙, 﨑, 𠮷, 邊, 德, 濵.
SURNAMES = (
    "髙橋", "山﨑", "𠮷田", "渡邊", "佐藤", "鈴木", "田中", "伊藤", "小林", "加藤", "德永", "濵田",
    "松本", "井上", "木村", "林", "清水", "斎藤", "齋藤", "阿部", "森", "池田", "橋本", "石川", "前田",
    "藤田", "後藤", "岡田", "村上", "近藤", "坂本", "遠藤", "青木", "藤井", "西村", "福田", "三浦",
    "長谷川", "五十嵐", "東海林",
)  # fmt: skip
GIVEN = (
    "誠", "由美", "健一", "恵子", "大輔", "美咲", "翔太", "陽子", "直樹", "香織", "隆", "真由美", "拓也", "彩",
    "和彦", "幸子", "悠斗", "葵", "浩二", "智子", "亮", "千尋", "修", "奈々", "薫", "雅之", "優花", "聡",
)  # fmt: skip
DEPARTMENTS = (
    "内科", "外科", "整形外科", "小児科", "産婦人科", "眼科", "耳鼻咽喉科", "皮膚科", "救急外来", "手術室",
    "薬剤部", "検査部", "放射線科", "リハビリテーション科", "栄養科", "透析室", "地域連携室", "医事課", "総務課",
    "経理課", "健診センター", "3階東病棟", "3階西病棟", "4階東病棟", "4階西病棟", "5階東病棟", "5階西病棟",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vendor:
    """A company that maintains something: its names, what, and how it is bound."""

    code: str
    name: str
    name_en: str
    systems: str
    is_direct: bool = True
    remote: bool | None = True


VENDORS = (
    Vendor("asatsuyu", "アサツユ電算株式会社", "Asatsuyu Computing", "電子カルテ・医事会計"),
    Vendor("hotaruno", "株式会社ホタルノ画像", "Hotaruno Imaging", "医用画像(PACS・RIS)"),
    Vendor("tokiwami", "トキワミ検査情報株式会社", "Tokiwami Laboratory Systems", "検体検査・細菌検査"),
    Vendor("tsumugi", "株式会社ツムギ調剤システム", "Tsumugi Pharmacy Systems", "調剤支援・薬剤管理"),
    Vendor("yamabuki", "ヤマブキ透析ネット株式会社", "Yamabuki Dialysis Net", "透析管理"),
    Vendor("shiosai", "株式会社シオサイ手術情報", "Shiosai Surgery Systems", "手術・麻酔記録"),
    Vendor("kawasemi", "カワセミ給食ソフト合同会社", "Kawasemi Meals", "給食・栄養管理", remote=None),
    Vendor("nanahoshi", "ナナホシ健診システム有限会社", "Nanahoshi Check-ups", "健診管理", remote=False),
    Vendor("midorino", "ミドリノ通信建設株式会社", "Midorino Networks", "院内ネットワーク・VPN装置"),
    Vendor("kumoi", "株式会社クモイ基盤サービス", "Kumoi Platforms", "仮想基盤・バックアップ"),
    Vendor("wakabane", "株式会社ワカバネリハ", "Wakabane Rehabilitation", "リハビリ管理", remote=False),
    Vendor(
        "mimamori", "株式会社ミマモリ映像", "Mimamori Video", "監視カメラ(クモイ基盤サービスの再委託)",
        is_direct=False, remote=False,
    ),
)  # fmt: skip


def person(random: Random) -> str:
    """Make up one person's name."""
    return f"{random.choice(SURNAMES)} {random.choice(GIVEN)}"


def people(random: Random, count: int) -> tuple[str, ...]:
    """Make up many different names, the difficult ones among them."""
    every = [f"{surname} {given}" for surname in SURNAMES for given in GIVEN]
    hard = [f"{surname} {GIVEN[at]}" for at, surname in enumerate(SURNAMES[:4])]
    rest = random.sample([name for name in every if name not in hard], count - len(hard))
    return (*hard, *rest)
