"""The printed form: what stands on the paper, in both languages, whatever the names are."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from exporters import form_samples as samples
from pypdf import PdfReader

from mamori.core import glyphs, typesetting
from mamori.core.checklists import ItemState
from mamori.core.editions import PRESENCE
from mamori.core.text import Language
from mamori.editions import loader
from mamori.exporters import form_pdf

JA, EN = Language.JA, Language.EN
GATE_NO = {PRESENCE: ItemState(samples.NO, date(2023, 9, 12), first_basis=samples.WORD)}
UNVERIFIED = {
    JA: "この版は公式の様式との照合が済んでいません",
    EN: "This edition has not been compared with the official form",
}


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def packed(content: bytes) -> str:
    """All text without blanks: lines break where they like."""
    return "".join("".join(pages(content)).split())


def alternatives(content: bytes) -> list[str]:
    """What a screen reader is told of each drawn ring, in reading order."""
    found, seen = [], []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node and node not in seen:
                walk(node["/K"])

    walk(PdfReader(BytesIO(content)).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_the_first_check_is_printed_as_on_the_form():
    first, second = pages(form_pdf.write(samples.form(), JA))
    for words in (
        "医療機関におけるサイバーセキュリティ対策チェックリスト",
        "医療機関確認用",
        "令和5年度(2023年度)",
        "医療機関名",
        "見本総合病院",
        "医療情報システムの有無",
        "1回目",
        "目標日",
        "2回目",
        "1 体制",
        "システム全般について、次を実施している。",
        "ネットワーク機器について、次を実施している。",
        "令和5年",
        "9/12",
        "令和6年",
        "1/31",
        "確定: 佐藤 花子(2023年9月30日 10:05)",
        "照合値 0123456789abcdef",
        "small-fy2023 第1版",
        "1 / 2",
    ):
        assert "".join(words.split()) in "".join(first.split()), words
    assert "参考項目" not in first
    assert "参考項目(令和6年度中)" in second
    assert "端末PCについて、次を実施している。" in second


def test_the_first_check_is_printed_in_english():
    first, second = pages(form_pdf.write(samples.form(), EN))
    for words in (
        "For checks at medical facilities",
        "Fiscal year 2023 (Reiwa 5)",
        "Mihon General Hospital",
        "Target date",
        "12 Sep 2023",
        "31 Jan 2024",
        "Signed by 佐藤 花子, 30 Sep 2023, 10:05 JST",
    ):
        assert words in first, words
    assert "Reference items (during fiscal year 2024)" in second


@pytest.mark.parametrize(
    ("language", "yes", "no", "mark"),
    [(JA, "はい", "いいえ", "丸印: "), (EN, "Yes", "No", "Circled: ")],
)
def test_the_ring_is_drawn_round_each_chosen_word_in_the_order_of_the_form(language, yes, no, mark):
    printed = form_pdf.write(samples.form(samples.BOTH_CHECKS), language)
    # presence; 1(1); 2(1) first and second; 2(2); 2(7)/network first and second; 3(1)
    expected = [yes, yes, no, yes, yes, yes, yes, no]
    assert alternatives(printed) == [mark + word for word in expected]


def test_only_the_cells_of_the_form_are_printed():
    first, second = pages(form_pdf.write(samples.form({}), JA))
    # Cells to answer: the presence row and 3(1) have one, the other four items have two.
    assert first.replace("「いいえ」", "").count("いいえ") == 2 + 4 * 2
    # Empty dates: one for each cell to answer, and one target for each of the four.
    assert "".join(first.split()).count("(/)") == 2 + 4 * 2 + 4
    assert "".join(second.split()).count("(/)") == 2 * 3


def test_a_no_at_the_presence_row_strikes_the_rest():
    first, second = pages(form_pdf.write(samples.form(GATE_NO), JA))
    assert "以降の項目の確認は不要です。" in first
    assert first.count("—") == 5
    assert "".join(first.split()).count("(/)") == 0
    assert second.count("—") == 2
    assert alternatives(form_pdf.write(samples.form(GATE_NO), JA)) == ["丸印: いいえ"]


def test_without_a_vendor_the_item_is_marked_and_says_why():
    printed = form_pdf.write(samples.form(has_vendor=False), JA)
    assert "—対象外(契約している事業者なし)" in packed(printed)
    assert len(alternatives(printed)) == 4, "the answer to 2(2) is not printed"
    assert "Not applicable (no contracted vendor)" in " ".join(
        pages(form_pdf.write(samples.form(has_vendor=False), EN))[0].split()
    )


def test_the_list_of_a_vendor_carries_its_name_and_no_presence_row():
    form = samples.form(edition=samples.vendor_edition(), vendor=samples.VENDOR)
    text = packed(form_pdf.write(form, JA))
    assert "事業者名電子カルテ株式会社" in text
    assert "事業者確認用" in text
    assert "医療情報システムの有無" not in text


@pytest.mark.parametrize("language", list(Language))
def test_an_unverified_edition_says_so_on_every_page(language):
    doubtful = samples.form(edition=replace(samples.EDITION, verified=False))
    printed = pages(form_pdf.write(doubtful, language, annex=True))
    assert len(printed) >= 3
    assert all(UNVERIFIED[language] in page for page in printed)
    assert UNVERIFIED[language] not in " ".join(pages(form_pdf.write(samples.form(), language)))


@pytest.mark.parametrize("language", list(Language))
def test_long_names_are_printed_whole(language):
    form = samples.form(
        facility=samples.LONG, vendor=samples.LONG_VENDOR, edition=samples.vendor_edition()
    )
    text = packed(form_pdf.write(form, language))
    assert samples.LONG.name in text
    assert samples.LONG_VENDOR.name in text
    unbroken = replace(samples.HOSPITAL, name_en="W" * 90)
    assert "W" * 90 in packed(form_pdf.write(samples.form(facility=unbroken), EN))


def test_rare_characters_are_printed_or_named_never_lost():
    text = packed(form_pdf.write(samples.form(facility=samples.RARE), JA))
    assert "𠮷田髙橋﨑山病院〓" in text
    assert "〓は、この文書の書体にない文字を表します:U+1F600" in text


@pytest.mark.parametrize(
    ("written", "shown", "missing"),
    [
        ("𠮷﨑髙", "𠮷﨑髙", ()),
        ("か\u3099", "が", ()),
        ("葛\U000e0100城", "葛\U000e0100城", ()),
        ("a\u202eb\u200dc\ufeff", "abc", ()),
        ("a\x01b", "a〓b", ("\x01",)),
        ("❤\ufe0f", "〓", ("❤",)),
        ("a\tb\r\nc\u2028d", "a b\nc\nd", ()),
        ("\ud83d", "〓", ("\ud83d",)),
        ("한국", "〓〓", ("한", "국")),
    ],
)
def test_what_no_font_can_draw_becomes_a_mark(written, shown, missing):
    assert glyphs.printable(written, typesetting._covered()) == (shown, missing)


def test_any_reason_whatever_can_be_printed():
    odd = "".join(chr(n) for n in [*range(0x20), 0x7F, 0xFFFF, 0x10FFFF, 0xE000, 0x0627, 0x0301])
    states = samples.FIRST_CHECK | {
        "2(1)/all": replace(samples.FIRST_CHECK["2(1)/all"], first_reason=odd)
    }
    assert "U+E000" in packed(form_pdf.write(samples.form(states), JA, annex=True))


def test_bytes_that_are_no_font_are_refused():
    with pytest.raises(glyphs.NotAFont):
        glyphs.coverage(b"OTTO\x00\x01" + b"\x00" * 30)


def test_names_are_never_read_as_markup():
    text = packed(form_pdf.write(samples.form(facility=samples.TRICKY), JA))
    assert "".join(samples.TRICKY.name.split()) in text


def test_the_annex_shows_what_each_answer_rests_on():
    text = packed(form_pdf.write(samples.form(samples.BOTH_CHECKS), JA, annex=True))
    for words in (
        "別紙回答の根拠",
        "証跡(令和6年1/30時点)",
        "端末PCの一部が未記載/suzuki",
        "不適合",
        "台帳に端末PCの記載がありません。",
        "端末PCを台帳に加えます。",
        "PC-030ほか15件",
        "確認できず",
        "取り込まれていません",
        "2(7)[サーバ]",
        "ledger.covers-all-kinds",
    ):
        assert words in text, words
    assert "別紙" not in packed(form_pdf.write(samples.form(), JA))


def test_an_unsigned_form_says_so_and_carries_the_digest_of_its_content():
    one = packed(form_pdf.write(samples.form(signed=False), JA))
    other = packed(form_pdf.write(samples.form(samples.BOTH_CHECKS, signed=False), JA))
    assert "未確定(記入中)" in one
    digests = [text.split("照合値")[1][:16] for text in (one, other)]
    assert digests[0] != digests[1]


def test_the_same_form_gives_the_same_bytes_even_side_by_side():
    form = samples.form()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: form_pdf.write(form, JA), range(8)))
    assert len(set(made)) == 1


def test_the_file_is_accessible_and_carries_only_our_fonts():
    reader = PdfReader(BytesIO(form_pdf.write(samples.form(), JA)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ja-JP"
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all(name.startswith(("NotoSansJP", "NotoSerifJP")) for name in fonts), fonts


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("edition", loader.load_all(), ids=lambda e: e.id)
def test_every_shipped_edition_prints_all_its_items(edition, language):
    vendor = samples.VENDOR if edition.subject.value == "vendor" else None
    printed = form_pdf.write(samples.form({}, edition=edition, vendor=vendor), language)
    text = packed(printed)
    for item in edition.items:
        assert "".join(item.text.say(language).split()) in text, item.key
    for note in edition.notes:
        assert text.count("".join(note.say(language).split())) == 1


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is absent")
def test_the_rings_are_seen_on_the_page(tmp_path):
    def ink(states) -> int:
        """Count pixels in the colour of the rings on the first page."""
        file = tmp_path / "form.pdf"
        file.write_bytes(form_pdf.write(samples.form(states), JA))
        shown = subprocess.run(
            ["pdftoppm", "-r", "60", "-f", "1", "-l", "1", str(file)],
            check=True,
            capture_output=True,
        ).stdout
        dots = shown[-(len(shown) // 3 * 3) :]
        return sum(
            1
            for n in range(0, len(dots) - 2, 3)
            if dots[n] < 120 and dots[n + 2] > dots[n] + 40 and dots[n + 2] < 190
        )

    assert ink({}) == 0
    assert ink(samples.FIRST_CHECK) > 200
