"""The repository: clean files, locks without addresses, migrations that match, one test run."""

import re
import subprocess

import pytest
from architecture import source
from django.core.management import call_command

TEXT = {
    "",
    ".cfg",
    ".css",
    ".csv",
    ".html",
    ".json",
    ".lock",
    ".md",
    ".py",
    ".svg",
    ".toml",
    ".txt",
    ".typ",
    ".yaml",
    ".yml",
}
# Folders of whoever built this; put together here so that this file does not name them.
PLACES = re.compile(
    "|".join(("/wo" + "rk/", "/fa" + "rm/", r"\.\./sha" + "red", r"\.\./\.lib" + "rary"))
)
DEFAULT_DATA = "shared" + "/data"
CI = source.ROOT / ".ci" / "run"


@pytest.mark.parametrize(
    "path", [p for p in source.repository() if p.suffix in TEXT], ids=source.name
)
def test_no_file_names_the_place_it_was_made_at(path):
    text = path.read_text("utf-8", errors="replace")
    assert not PLACES.search(text)
    assert path == CI or DEFAULT_DATA not in text, "only .ci/run may name the default data folder"


@pytest.mark.parametrize("path", sorted(source.ROOT.glob("requirements*.lock")), ids=source.name)
def test_a_lock_holds_hashes_and_no_addresses(path):
    text = path.read_text("utf-8")
    assert "://" not in text
    pinned = re.findall(r"^[a-zA-Z0-9._-]+(?:\[[^]]*\])?==", text, re.MULTILINE)
    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)


@pytest.mark.django_db
def test_migrations_match_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_one_test_run_calls_the_test_command_and_nothing_else():
    lines = [one for one in CI.read_text("utf-8").splitlines() if one and not one.startswith("#")]
    assert CI.stat().st_mode & 0o111
    assert lines[0] == "set -euo pipefail"
    assert lines[-1] == "make test"
    assert [one for one in lines if "make " in one and "need make" not in one] == ["make test"]
    subprocess.run(["bash", "-n", CI], check=True)


def test_vendored_files_are_those_that_were_vendored():
    import hashlib
    import tomllib

    folder = source.SOURCE / "web" / "static" / "vendor"
    if not (folder / "vendor.toml").exists():
        pytest.skip("nothing is vendored")
    said = (folder / "vendor.toml").read_text("utf-8")
    files = [p for p in folder.rglob("*") if p.is_file() and p.name != "vendor.toml"]
    assert files
    tomllib.loads(said)
    for path in files:
        if path.suffix in (".css", ".js"):
            assert hashlib.sha256(path.read_bytes()).hexdigest() in said, source.name(path)
