"""Colours that carry words keep the contrast of WCAG 2.2 AA, computed from the tokens."""

import re
from pathlib import Path

import pytest

from mamori.web import safety

STATIC = Path(safety.__file__).parent / "static"
TOKENS = dict(
    re.findall(
        r"--color-([\w-]+): (#[0-9a-f]{6});",
        (STATIC / "vendor/digital-go-jp-design-tokens-1.1.9/tokens.css").read_text("utf-8"),
    )
)
OURS = (STATIC / "mamori/mamori.css").read_text("utf-8")
WHITE = "neutral-white"
# What is written on what (words need 4.5, marks and edges that carry meaning 3).
PAIRS = [
    ("neutral-solid-gray-800", WHITE, 4.5),
    ("neutral-solid-gray-700", WHITE, 4.5),
    ("neutral-solid-gray-800", "primitive-blue-50", 4.5),
    ("primitive-blue-900", WHITE, 4.5),
    (WHITE, "primitive-blue-900", 4.5),
    ("primitive-green-900", "primitive-green-50", 4.5),
    ("primitive-green-900", WHITE, 4.5),
    ("primitive-red-1000", "primitive-red-50", 4.5),
    ("primitive-red-1000", WHITE, 4.5),
    ("primitive-yellow-1200", "primitive-yellow-50", 4.5),
    ("neutral-solid-gray-800", "primitive-yellow-50", 4.5),
    ("neutral-solid-gray-900", "neutral-solid-gray-100", 4.5),
    ("primitive-yellow-900", WHITE, 3),
]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("words", "ground", "least"), PAIRS)
def test_contrast(words, ground, least):
    one, other = sorted((luminance(TOKENS[words]), luminance(TOKENS[ground])))
    assert (other + 0.05) / (one + 0.05) >= least


def test_every_colour_of_our_own_is_a_token():
    used = set(re.findall(r"var\(--color-([\w-]+)\)", OURS))
    assert used <= set(TOKENS)
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}", OURS)) <= {"#fff"}
