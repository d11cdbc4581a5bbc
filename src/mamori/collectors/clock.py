"""The clock: an outside thing like any other."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = "Asia/Tokyo"


def now() -> datetime:
    """Give this moment; the only place it is asked."""
    return datetime.now(UTC)


def today(zone: str = ZONE) -> date:
    """Give today's date where the facility is."""
    return datetime.now(ZoneInfo(zone)).date()
