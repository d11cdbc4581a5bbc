"""A form as PDF beside the bare typst compile of such data (its floor), and 500 forms in a row.

Every form differs in names and dates: typst keeps what it has laid out before, and a second compile
of the same words would flatter whichever side comes second. Both sides take turns.

    .venv/bin/python benchmarks/bench_form_pdf.py [--forms 500]
"""

import argparse
import resource
import statistics
import time
from datetime import UTC, date, datetime, timedelta

import pylopdf_fonts_jp
import typst

from mamori.core.answering import applies
from mamori.core.checklists import Basis, Circumstances, ItemState, Reply, State
from mamori.core.editions import Cell
from mamori.core.forms import Form, Party, Signature
from mamori.core.text import Language
from mamori.editions import loader
from mamori.exporters import form_pdf

MADE = datetime(2023, 12, 1, tzinfo=UTC)
EDITION = "facility-fy2023"


def form(number: int) -> Form:
    """A filled form; its name, answers and dates depend on its number."""
    edition = loader.load(EDITION)
    states = {}
    for at, item in enumerate(edition.items):
        no = (number + at) % 5 == 1
        second = item.has(Cell.SECOND) and (number + at) % 3 == 0
        states[item.key] = ItemState(
            first=Reply.NO if no and at else Reply.YES,
            first_on=date(2023, 5, 1) + timedelta(days=(number * 7 + at) % 200),
            target_on=date(2024, 3, 1 + number % 28) if no and item.has(Cell.TARGET) else None,
            second=Reply.YES if second else None,
            second_on=date(2024, 2, 1 + number % 27) if second else None,
            first_basis=Basis.ATTESTATION,
            second_basis=Basis.ATTESTATION if second else None,
        )
    return Form(
        edition=edition,
        facility=Party(f"h{number:04d}", f"見本第{number}総合病院"),
        vendor=None,
        state=State.SIGNED,
        revision=1,
        states=states,
        applies=applies(edition, states, Circumstances(has_contracted_vendor=True)),
        suggested={},
        findings=(),
        answers=(),
        controls=loader.controls(),
        made_at=MADE + timedelta(minutes=number),
        as_of=date(2023, 12, 1),
        signature=Signature("佐藤 花子", MADE, f"{number:064x}"),
    )


def bare_compiler() -> typst.Compiler:
    """A compiler as anybody would set it up: the template, the two fonts, nothing of ours."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(pylopdf_fonts_jp.sans_path().parent)],
    )
    template = form_pdf.TEMPLATE
    return typst.Compiler(input=str(template), root=str(template.parent), font_paths=fonts)


def timed(work, *given) -> tuple[float, float]:
    """Seconds of processor and of wall clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    work(*given)
    return time.process_time() - cpu, time.perf_counter() - wall


def side_by_side(pairs: int) -> None:
    """Our write() and the bare compile in turns, each with forms of its own."""
    bare = bare_compiler()

    def compiled(data: str) -> None:
        bare.compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=0)

    form_pdf.write(form(9_998), Language.JA)
    compiled(form_pdf.data_of(form(9_999), Language.JA))
    ours, theirs = [], []
    for number in range(pairs):
        mine, other = form(2 * number), form(2 * number + 1)
        data = form_pdf.data_of(other, Language.JA)
        ours.append(timed(form_pdf.write, mine, Language.JA))
        theirs.append(timed(compiled, data))
    for name, at in (("processor", 0), ("wall", 1)):
        a = statistics.median(t[at] for t in ours)
        b = statistics.median(t[at] for t in theirs)
        print(
            f"one form, {name}: ours {a * 1000:.1f} ms, bare typst {b * 1000:.1f} ms, x{a / b:.2f}"
        )


def many(count: int) -> None:
    """A run of forms, with the memory it took."""
    began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sizes = []

    def all_of_them() -> None:
        for number in range(count):
            sizes.append(len(form_pdf.write(form(20_000 + number), Language.JA)))

    cpu, wall = timed(all_of_them)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} forms: {wall:.1f} s wall, {cpu:.1f} s processor,"
        f" {wall / count * 1000:.1f} ms each,"
        f" peak {peak:.0f} MB (before {began:.0f} MB), {statistics.mean(sizes) / 1024:.0f} KB each"
    )


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--forms", type=int, default=500)
    options.add_argument("--pairs", type=int, default=40)
    chosen = options.parse_args()
    side_by_side(chosen.pairs)
    many(chosen.forms)
