"""docs/reference/json.md names every field of every JSON answer."""

import json
import re
from pathlib import Path

import pytest
from cli import test_docs
from cli.test_docs import HOWTO, commands_of, desk  # noqa: F401 - a fixture

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "json.md").read_text("utf-8")
# Answers whose keys are data (names of fields, figures), not words of the contract.
OPEN = {"fields", "kept", "changes", "counts", "verdicts", "totals"} | {
    "in_service",
    "resting",
    "disposed",
}
ASKED = (
    "mamori import ledger ledger.xlsx --dry-run --json",
    "mamori import ledger ledger.xlsx --json",
    "mamori import ledger ledger.xlsx --dry-run --json",
    "mamori import list --json",
    "mamori ledger list --json",
    "mamori ledger show PC-001 --json",
    "mamori check --json",
    "mamori edition list --json",
    "mamori edition validate --json",
    "mamori edition diff fy2024 fy2025 --json",
    "mamori organisation list --json",
    "mamori member list --json",
    "mamori ledger report -o report.pdf --json",
    "mamori ledger reports --json",
    "mamori checklist open --edition fy2024",
    "mamori checklist answer presence yes --on 2026-01-20 --edition fy2024",
    "mamori checklist open --edition fy2025",
    "mamori checklist carry --edition fy2024 --to fy2025 --accept-all --json",
    "mamori checklist form --edition fy2025 --format json -o form.json",
    "mamori checklist import form.json --json",
    "mamori audit verify --json",
)


def keys(answer):
    """Every key of an answer, at any depth."""
    if isinstance(answer, list):
        for one in answer:
            yield from keys(one)
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield key
            if key not in OPEN or isinstance(value, list):
                yield from keys(value)


@pytest.mark.django_db
def test_every_field_of_an_answer_is_documented(desk):  # noqa: F811
    for command in commands_of(HOWTO / "first-check.md")[:6]:
        desk.run(command)
    documented = set(re.findall(r'"([a-z_0-9]+)"', PAGE))
    for command in ASKED:
        said = desk.run(command)
        if "--json" not in command:
            continue
        answer = json.loads(said)
        assert answer, command
        assert sorted(set(keys(answer)) - documented) == [], command


_tree = test_docs._tree
