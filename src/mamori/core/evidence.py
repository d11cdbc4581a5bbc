"""The facts a facility has shown us, as plain data at one moment, each topic with its date."""

from dataclasses import dataclass
from datetime import date

from mamori.core.ledger import Apparatus
from mamori.core.text import Text

TOPIC_NAMES: dict[str, Text] = {
    "appointments": Text("任命の記録", "the record of appointments"),
    "ledger": Text("機器台帳", "the ledger of apparatus"),
    "reports": Text("経営層への報告の記録", "the record of reports to management"),
    "lifecycles": Text("サポート終了日の表", "the table of ends of support"),
}
# What brings the facts of a topic in, for whoever reads that they are missing or too old.
TOPIC_STEPS: dict[str, Text] = {
    "appointments": Text(
        "任命された人を mamori member add で登録してください。",
        "Record who was appointed with mamori member add.",
    ),
    "ledger": Text(
        "最新の台帳を mamori import ledger で取り込んでください。",
        "Take in the current ledger with mamori import ledger.",
    ),
    "reports": Text(
        "mamori ledger report で報告書を作り、"
        "経営層の確認を mamori ledger confirm で記録してください。",
        "Make the report with mamori ledger report; management confirms it with "
        "mamori ledger confirm.",
    ),
    "lifecycles": Text(
        "新しい版のMamoriに更新してください。", "Update Mamori: the table comes with it."
    ),
}
# Older facts answer nothing. Ours, not the ministry's: a year for what the yearly check rests on.
# Topics that are not named here hold dated rows and are judged by their own checks.
MAX_AGE_DAYS: dict[str, int] = {"ledger": 365, "lifecycles": 400}


@dataclass(frozen=True, slots=True)
class Appointment:
    """Somebody was appointed to an office of the facility, from a day on (until None: still)."""

    office: str
    person: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Appointments:
    """Every appointment on record, and the day the record was last looked at."""

    rows: tuple[Appointment, ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class Ledger:
    """The apparatus now listed, and the day the ledger was last imported or confirmed.

    `undecided` are rows of the newest file that a person still has to decide about (two rows with
    one control number, for instance); they are not in `apparatus`.
    """

    apparatus: tuple[Apparatus, ...]
    as_of: date
    undecided: tuple[Apparatus, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A periodic report on the ledger; confirmed when a member of management said so."""

    made_on: date
    confirmed_on: date | None
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class Reports:
    """Every report made to management, oldest first."""

    rows: tuple[Report, ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """One operating system and the last day its maker gives security updates for it.

    `names` are lower-case beginnings (after NFKC, blanks folded) that a ledger may write, for
    products that are not told by family and version (core.lifecycles reads those). `extended` is
    the last day of updates that have to be bought; `editions`, `feature` and `build` tell the
    releases of Windows apart.
    """

    id: str
    name: Text
    names: tuple[str, ...]
    ends: date | None
    source: str
    note: Text | None = None
    family: str = ""
    version: str = ""
    feature: str = ""
    build: str = ""
    editions: tuple[str, ...] = ()
    extended: date | None = None


@dataclass(frozen=True, slots=True)
class Lifecycles:
    """The dated table of ends of support."""

    rows: tuple[Lifecycle, ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known about one facility; None means never collected."""

    appointments: Appointments | None = None
    ledger: Ledger | None = None
    reports: Reports | None = None
    lifecycles: Lifecycles | None = None

    def as_of(self, topic: str) -> date | None:
        """Give the date of the facts of one topic, None where there are none."""
        facts: Appointments | Ledger | Reports | Lifecycles | None = getattr(self, topic)
        return None if facts is None else facts.as_of
