"""The first page: what it shows, in which language, with how many queries, and how it is built."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mamori.collectors import clock
from mamori.core.text import Language
from mamori.demo import answers, hospital, ledger, load, names
from mamori.editions import loader
from mamori.store import viewers
from mamori.usecases.checklists import answer
from mamori.usecases.findings import run_checks
from mamori.usecases.overview import show

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    """The clock stands still; it is the one outside thing the page asks."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def demonstration():
    load.load(now=NOW, today=TODAY)


def page(path="/?lang=ja"):
    got = Client().get(path)
    assert got.status_code == 200
    return got.content.decode()


class Outline(HTMLParser):
    """Collects what a screen reader walks over."""

    def __init__(self):
        super().__init__()
        self.headings, self.ids, self.tags, self.labels, self.langs = [], [], [], [], []
        self.images, self.captions = [], 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"])
        if "aria-labelledby" in given:
            self.labels.append(given["aria-labelledby"])
        if tag == "html":
            self.langs.append(given.get("lang"))
        if tag == "img":
            self.images.append(given)


def outline(html):
    found = Outline()
    found.feed(html)
    return found


def test_without_a_hospital_the_page_says_what_to_do_first():
    assert "mamori demo" in page("/?lang=ja")
    assert "There is no hospital to show yet" in page("/?lang=en")


def test_it_shows_what_the_printed_result_shows(demonstration):
    html = page()
    shown = show.show(viewers.demonstration(), facility=hospital.CODE, now=NOW, today=TODAY)
    found = shown.overview
    assert hospital.NAME in html
    assert "未照合の版" in html
    assert f"<b>{found.everything.answered}</b> / {found.everything.applicable}" in html
    assert f"<b>{found.everything.yes}</b> / {found.everything.applicable}" in html
    for one in found.urgent:
        assert one.title.ja in html
        assert one.action.ja in html
    for part in found.parts:
        for line in part.lines:
            assert line.control.title.ja in html
    for vendor in names.VENDORS:
        assert vendor.name in html
    assert "2026年11月22日時点" in html
    assert "Windows Server 2012 R2" in html


def test_it_is_whole_in_both_languages(demonstration):
    english = page("/?lang=en")
    assert hospital.NAME_EN in english
    assert "The 5 things that matter most now" in english
    assert "as of 22 Nov 2026" in english
    ours = re.sub(r'<(\w+)[^>]* lang="ja".*?</\1>', "", english, flags=re.DOTALL)
    words = set(re.findall(r"[ぁ-んァ-ヶー一-龠]{2,}", re.sub(r"<[^>]+>", " ", ours)))
    as_written = "".join(hospital.hospital(TODAY).staff) + "".join(
        f"{one.os} {one.manufacturer}" for one in ledger.apparatus(TODAY)
    )
    assert {word for word in words if word not in as_written} == set()


def test_the_language_is_asked_for_or_taken_from_the_browser():
    assert '<html lang="en"' in page("/?lang=en")
    assert '<html lang="ja"' in page("/")
    british = Client().get("/", headers={"accept-language": "en-GB,en;q=0.9"})
    assert '<html lang="en"' in british.content.decode()
    odd = Client().get("/?lang=xx", headers={"accept-language": "ja"})
    assert '<html lang="ja"' in odd.content.decode()


def test_the_number_of_queries_does_not_grow(demonstration, capsys):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            page()
        return len(seen)

    before = queries()
    planner = viewers.member(load.PLANNING, today=TODAY)
    answer.answer(
        planner,
        facility=hospital.CODE,
        edition=answers.VENDOR_EDITION,
        vendor="demo-kawasemi",
        given=answers.of_vendor(loader.load(answers.VENDOR_EDITION), 0),
        language=Language.JA,
        now=NOW,
        today=TODAY,
    )
    run_checks.run_checks(planner, facility=hospital.CODE, now=NOW, today=TODAY)
    with capsys.disabled():
        print(f"\nqueries on the first page: {before}")
    assert before == queries() <= 24


def test_a_screen_reader_finds_its_way(demonstration):
    for path in ("/?lang=ja", "/?lang=en", "/items/2⑥/all/?lang=ja"):
        found = outline(page(path))
        assert found.headings[0] == 1
        assert found.headings.count(1) == 1
        steps = zip(found.headings, found.headings[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps)
        assert len(found.ids) == len(set(found.ids))
        assert set(found.labels) <= set(found.ids)
        assert {"header", "main", "footer"} <= set(found.tags)
        assert found.tags.count("table") == found.tags.count("caption")
        assert all("alt" in image for image in found.images)
        assert "script" not in found.tags
        assert "style" not in found.tags
        assert 'href="#main"' in page(path)


def test_no_style_or_script_stands_in_the_page(demonstration):
    html = page()
    assert not re.search(r"\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r'(?:src|href)="https?://', html)


def test_every_item_has_a_help_page_with_meaning_yes_and_steps(demonstration):
    links = sorted(set(re.findall(r'href="(/items/[^"]+)"', page())))
    assert len(links) == 19
    for link in links:
        html = page(link)
        for words in ("この項目の意味", "「はい」と言える状態", "進め方"):
            assert words in html
    assert Client().get("/items/9⑨/all/").status_code == 404


def test_the_form_is_given_as_pdf_in_both_languages(demonstration):
    for language in Language:
        got = Client().get(f"/form-{language.value}.pdf")
        assert got.status_code == 200
        assert got.headers["Content-Type"] == "application/pdf"
        assert got.content.startswith(b"%PDF")
    assert Client().get("/form-xx.pdf").status_code == 404


def test_the_report_to_management_is_given_as_pdf(demonstration):
    assert 'href="/report-ja.pdf"' in page()
    for language in Language:
        assert Client().get(f"/report-{language.value}.pdf").content.startswith(b"%PDF")
    assert Client().get("/report-xx.pdf").status_code == 404


def test_there_is_no_report_without_a_hospital():
    assert Client().get("/report-ja.pdf").status_code == 404


def test_what_people_wrote_is_escaped(demonstration):
    from mamori.store.models import Organisation

    Organisation.objects.filter(code=hospital.CODE).update(name="<b>病院</b>{{ 7 }}")
    html = page()
    assert "<b>病院</b>" not in html
    assert "&lt;b&gt;病院&lt;/b&gt;{{ 7 }}" in html


def test_only_demonstration_data_is_shown(demonstration):
    from mamori.store.models import Organisation

    Organisation.objects.update(is_demonstration=False)
    html = page()
    assert hospital.NAME not in html
    assert "mamori demo" in html
    assert Client().get("/form-ja.pdf").status_code == 404


def test_words_typed_in_japanese_are_marked_as_japanese_on_the_english_page(demonstration):
    html = page("/?lang=en")

    assert re.search(r'Answered on: <span lang="ja">', html)
    assert re.search(r'<th scope="row" lang="ja">[^<]*ファームウェア', html)
    assert '<th scope="row" lang="en">Windows Server 2012 R2</th>' in html
