"""Cells: harmless outside, the same inside, folded without losing what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mamori.core import cells

NASTY = st.text(alphabet="'=+-@＝＋－＠\t\r\n a1", max_size=8) | st.text(max_size=20)


@given(NASTY)
def test_escaping_comes_back_exactly(text):
    assert cells.unescape(cells.escape(text)) == text


@given(NASTY)
def test_an_escaped_cell_never_looks_like_a_formula(text):
    assert cells.escape(text).lstrip(" ")[:1] not in tuple("=+-@＝＋－＠\t\r\n")


@pytest.mark.parametrize("text", [" \r", "' \t=1", " \n@SUM(A1)", "\u3000=cmd|'/c x'!A1", "''-1"])
def test_blanks_before_a_formula_do_not_hide_it(text):
    assert cells.escape(text) == f"'{text}"
    assert cells.unescape(f"'{text}") == text


@pytest.mark.parametrize(
    ("written", "code", "name", "prose"),
    [
        ("１２．４", "12.4", "12.4", "12.4"),
        ("１５．２(４)E８", "15.2(4)E8", "15.2(4)E8", "15.2(4)E8"),
        ("医師b（外科）", "医師b(外科)", "医師b（外科）", "医師b（外科）"),
        ("ﾘﾓｰﾄ保守", "リモート保守", "リモート保守", "リモート保守"),
        ("㈱髙橋商会①", "㈱髙橋商会①", "㈱髙橋商会①", "㈱髙橋商会①"),
        ("ＰＣ－００１", "PC-001", "PC-001", "PC-001"),
        ("PCー001", "PC-001", "PCー001", "PCー001"),
        ("本館\r\n2F", "本館 2F", "本館 2F", "本館\n2F"),
        ("'=1+1", "=1+1", "=1+1", "=1+1"),
        ("a\x00b", "ab", "ab", "ab"),
        ("　前後　", "前後", "前後", "前後"),
    ],
)
def test_folding(written, code, name, prose):
    assert cells.code(written) == code
    assert cells.name(written) == name
    assert cells.prose(written) == prose


@given(st.integers(0, 20_000))
def test_columns_are_named_as_spreadsheets_do(index):
    assert cells.column_index(cells.column_letters(index)) == index


def test_some_columns():
    assert [cells.column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
