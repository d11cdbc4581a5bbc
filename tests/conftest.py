"""What every test may use: the folder of real test data, and calm property tests."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "mamori",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("mamori")


@pytest.fixture(scope="session")
def real_data():
    """The folder of real test data; tests that need it are skipped where it is not named."""
    folder = os.environ.get("MAMORI_TEST_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("MAMORI_TEST_DATA names no folder of real test data")
    return Path(folder)
