"""What ledgers write in the OS column, and what may honestly be said about it."""

import dataclasses
from datetime import date

import pytest

from mamori.core import lifecycles
from mamori.core.evidence import Lifecycles
from mamori.core.lifecycles import Support
from mamori.editions import lifecycles as shipped

TABLE = shipped.load()
TODAY = date(2026, 11, 22)
PAST, LIVE = Support.PAST, Support.SUPPORTED
UNCLEAR, UNKNOWN, EMPTY = Support.CANNOT_SAY, Support.NOT_IN_TABLE, Support.NOT_WRITTEN

# Labelled by hand from the makers' published ends, for 2026-11-22.
SPELLINGS = [
    ("Win11", UNCLEAR),
    ("Windows 11 Pro", UNCLEAR),
    ("Windows 11 Pro 23H2", PAST),
    ("Windows 11 Home 24H2", PAST),
    ("Windows 11 Enterprise 24H2", LIVE),  # LTSC 2024 is 24H2 too, and ends later
    ("Windows11Home22H2", PAST),
    ("Windows 11 Pro 25H2", LIVE),
    ("Ｗｉｎｄｏｗｓ　１１　Ｐｒｏ　２５Ｈ２", LIVE),
    ("Windows11Pro(25H2)", LIVE),
    ("Windows 11 Pro build 26200", LIVE),
    ("Windows 11 Enterprise LTSC 2024", LIVE),
    ("Windows 11 IoT Enterprise LTSC 2024", LIVE),
    ("Win10", UNCLEAR),
    ("ウィンドウズ10", UNCLEAR),
    ("Windows 10 Enterprise", UNCLEAR),
    ("Windows 10 Enterprise 21H2", UNCLEAR),
    ("Windows 10 Pro", PAST),
    ("Windows 10 Pro 22H2", PAST),
    ("Windows 10 Home", PAST),
    ("Windows10Pro64bit", PAST),
    ("WIN10PRO", PAST),
    ("Microsoft Windows 10 Pro (x64) 10.0.19045", PAST),
    ("Windows 10 22H2", PAST),
    ("Windows 10 Pro 22H2 ESU契約", UNCLEAR),
    ("Windows 10 Enterprise LTSC 2021", LIVE),
    ("Windows 10 Enterprise 2019 LTSC", LIVE),
    ("Windows 10 Enterprise LTSB 2016", PAST),
    ("Windows 10 IoT Enterprise LTSC 2021", LIVE),
    ("Windows 10 IoT Enterprise", UNCLEAR),
    ("Windows 10 Education", PAST),
    ("Win8", PAST),
    ("Windows 8.1 Pro", PAST),
    ("WIN7 SP1", PAST),
    ("Windows 7 Professional", PAST),
    ("ウィンドウズ7", PAST),
    ("ｗｉｎ７", PAST),
    ("W7", PAST),
    ("WindowsXP", PAST),
    ("Windows XP Professional SP3", PAST),
    ("Windows Vista Business", PAST),
    ("Windows Embedded Standard 7", PAST),
    ("Windows Embedded POSReady 7", PAST),
    ("Windows 2000", PAST),
    ("Windows Server 2003 R2", UNKNOWN),
    ("Windows Server 2008 R2 SP1", PAST),
    ("Windows Server 2012 R2", PAST),
    ("Windows Server 2012R2 Standard", PAST),
    ("Win2012R2", PAST),
    ("W2K12 R2", PAST),
    ("Windows Server 2012 R2 (ESU)", PAST),  # the bought updates ended on 2026-10-13 too
    ("Windows Server 2016", LIVE),
    ("WinSrv2016", LIVE),
    ("Windows Server 2019 Standard", LIVE),
    ("ウィンドウズサーバー２０１９", LIVE),
    ("WS2019", LIVE),
    ("Windows 2022 Server", LIVE),
    ("Windows Server, version 1909", PAST),
    ("Windows Storage Server 2016", UNKNOWN),
    ("CentOS 7", PAST),
    ("CentOS Linux release 7.9.2009", PAST),
    ("CentOS Stream 9", LIVE),
    ("Red Hat Enterprise Linux 7.9", PAST),
    ("RHEL 7.9 ELS", UNCLEAR),
    ("RHEL8.6", LIVE),
    ("Rocky Linux 9.3", LIVE),
    ("AlmaLinux 8", LIVE),
    ("Oracle Linux 7", PAST),
    ("SLES 12 SP5", PAST),
    ("Ubuntu 18.04 LTS", PAST),
    ("Ubuntu 22.04.3 LTS", LIVE),
    ("Debian GNU/Linux 10", PAST),
    ("VMware ESXi 6.7", PAST),
    ("VMWare vSphere ESXi6.5", PAST),
    ("ESXi 8.0U2", LIVE),
    ("FortiOS 7.0.5", PAST),
    ("FortiGate 60F FortiOS 7.4.3", LIVE),
    ("FortiOS v7.2.8", PAST),
    ("FortiGate-60F v7.6.2", LIVE),
    ("FortiOS", UNKNOWN),
    ("FortiOS 5.6", UNKNOWN),
    ("PAN-OS 10.1.3", PAST),
    ("PAN-OS 11.1.2", LIVE),
    ("IOS XE 17.3.4", PAST),
    ("Cisco IOS-XE Software, Version 17.12.04", LIVE),
    ("IOS 15.2", UNKNOWN),
    ("IOS 15.2(4)E8", UNKNOWN),
    ("iPhone iOS 14.4", PAST),
    ("iPadOS 26.1", LIVE),
    ("macOS 12.6", PAST),
    ("macOS Sequoia 15.1", LIVE),
    ("Mac OS X 10.11", PAST),
    ("Rev.14.01.38", UNKNOWN),
    ("ファームウェア 2.48", UNKNOWN),
    ("SQL Server 2019", UNKNOWN),
    ("Windows", UNKNOWN),
    ("Windows 7 → Windows 11 Pro 25H2", UNCLEAR),
    ("専用OS", UNKNOWN),
    ("", EMPTY),
    ("-", EMPTY),
    ("－", EMPTY),
]


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_a_spelling_is_judged_as_a_person_would(text, expected):
    assert lifecycles.judge(text, TABLE, TODAY).support is expected


def test_reading_the_spellings_beats_looking_for_names_inside_them(capsys):
    """The floor: is some row's name, in lower case, a part of what the ledger writes?"""

    def naive(text: str) -> Support:
        plain = text.lower()
        hits = [row for row in TABLE.rows if plain and row.name.en.lower() in plain]
        if not hits:
            return UNKNOWN if plain.strip("-－") else EMPTY
        longest = max(hits, key=lambda row: len(row.name.en))
        return PAST if longest.ends and longest.ends < TODAY else LIVE

    floor = sum(naive(text) is expected for text, expected in SPELLINGS)
    wrong = sum(
        naive(text) in (PAST, LIVE) and naive(text) is not expected for text, expected in SPELLINGS
    )
    ours = sum(
        lifecycles.judge(text, TABLE, TODAY).support is expected for text, expected in SPELLINGS
    )
    with capsys.disabled():
        print(
            f"\n{len(SPELLINGS)} spellings: ours {ours}, substring {floor} ({wrong} wrong claims)"
        )
    assert len(SPELLINGS) >= 60
    assert ours == len(SPELLINGS) > floor


def test_the_last_day_of_support_is_still_supported():
    ends = date(2029, 1, 9)
    text = "Windows Server 2019"
    assert lifecycles.judge(text, TABLE, ends).support is LIVE
    after = lifecycles.judge(text, TABLE, date(2029, 1, 10))
    assert after.support is PAST
    assert after.ends == ends


def test_apple_and_cisco_both_call_it_ios_and_the_maker_decides():
    assert lifecycles.judge("iOS 14.4", TABLE, TODAY).support is UNKNOWN
    assert lifecycles.judge("iOS 14.4", TABLE, TODAY, maker="Apple").support is PAST
    assert lifecycles.judge("iOS 14.4", TABLE, TODAY, maker="アップル").support is PAST
    assert lifecycles.judge("IOS 15.2", TABLE, TODAY, maker="Cisco").support is UNKNOWN


def test_bought_updates_end_as_well():
    text = "Windows 10 Pro 22H2 ESU"
    assert lifecycles.judge(text, TABLE, date(2028, 10, 10)).support is UNCLEAR
    assert lifecycles.judge(text, TABLE, date(2028, 10, 11)).support is PAST


def test_an_empty_table_never_says_that_something_is_supported():
    nothing = Lifecycles((), TODAY)
    answers = {lifecycles.judge(text, nothing, TODAY).support for text, _ in SPELLINGS}
    assert answers == {UNKNOWN, EMPTY}


def test_every_sentence_is_in_both_languages_and_names_a_date_where_there_is_one():
    past = lifecycles.judge("CentOS 7", TABLE, TODAY)
    assert past.because.ja == "サポートは2024-06-30に終了しました。"
    assert past.because.en == "Support ended on 2024-06-30."


def test_the_shipped_table_is_whole_and_names_its_source():
    assert TABLE.as_of == date(2026, 8, 22)
    assert len({row.id for row in TABLE.rows}) == len(TABLE.rows) > 250
    assert all(row.source and row.version for row in TABLE.rows)
    assert all(
        row.extended is None or row.ends is None or row.extended >= row.ends for row in TABLE.rows
    )
    assert dataclasses.asdict(TABLE)["rows"][0]["family"] == "windows"
