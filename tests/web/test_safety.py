"""Who may ask, what every answer carries, and that vendored files are what they claim."""

import hashlib
import tomllib
from pathlib import Path

import pytest
from django.test import Client

from mamori.web import safety

STATIC = Path(safety.__file__).parent / "static"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_can_be_changed(method):
    assert getattr(Client(), method)("/").status_code == 405


@pytest.mark.parametrize(
    "address", ["192.168.1.5", "10.0.0.1", "203.0.113.9", "2001:db8::1", "", "x"]
)
def test_other_machines_are_refused_in_their_language(address):
    answer = Client(REMOTE_ADDR=address).get("/?lang=en")
    assert answer.status_code == 403
    assert answer.content.decode() == safety.ONLY_HERE.en


@pytest.mark.parametrize("name", safety.PASSED_ON)
def test_a_proxy_in_front_is_refused_too(name):
    assert Client().get("/", headers={name: "203.0.113.9"}).status_code == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1"])
def test_this_machine_may_read(address):
    assert Client(REMOTE_ADDR=address).get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/nowhere", "/items/x/"])
def test_every_answer_carries_the_headers(path):
    answer = Client().get(path)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_head_is_answered_and_an_unknown_page_says_so():
    assert Client().head("/").status_code == 200
    missing = Client().get("/nowhere?lang=ja")
    assert missing.status_code == 404
    assert "お探しのページはありません。" in missing.content.decode()


def test_vendored_files_are_what_their_list_says():
    listed = tomllib.loads((STATIC / "vendor" / "vendor.toml").read_text("utf-8"))["package"]
    named = set()
    for package in listed:
        folder = STATIC / "vendor" / package["folder"]
        assert "LICENSE" in package["files"]
        for name, digest in package["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            named.add(folder / name)
    there = {f for f in (STATIC / "vendor").rglob("*") if f.is_file() and f.name != "vendor.toml"}
    assert there == named


def test_static_files_are_served():
    for path in ("mamori/mamori.css", "mamori/mark.svg", "vendor/vendor.toml"):
        answer = Client().get(f"/static/{path}")
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) == (STATIC / path).read_bytes()
        answer.close()


def test_the_way_to_the_other_language_stays_on_this_machine():
    page = Client().get("//evil.example/x", headers={"accept-language": "en"}).content.decode()
    assert 'href="?lang=ja"' in page
    assert "evil.example" not in page
