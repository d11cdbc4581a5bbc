"""Words and file names that are no text are refused plainly, whatever the terminal hands over."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(os.name != "posix", reason="other systems hand over text only")
def test_bytes_that_are_no_text_are_refused_without_a_trace(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "MAMORI_DATA": str(tmp_path),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-c", "from mamori.cli.main import main; main()", "init"]
    done = subprocess.run(
        [*command, "--name", b"\xff\xfe"], env=environment, capture_output=True, timeout=120
    )
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr
