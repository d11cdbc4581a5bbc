"""organisation and member: list and add."""

from datetime import date

import click

from mamori.cli import acting, output, words
from mamori.cli.root import mamori
from mamori.core.organisations import KIND_NAMES, Contract, Organisation, OrganisationKind
from mamori.core.text import Text
from mamori.core.viewer import ROLE_NAMES, Role, Viewer
from mamori.store.queries import organisations as queries
from mamori.usecases.organisations import add

CONTRACTED = Text("「{what}」との契約を登録しました。", "Contract added: {what}.")
VENDOR_YES = Text(
    "契約している事業者「あり」を記録しました。", "Recorded: there is a contracted vendor."
)
VENDOR_NO = Text(
    "契約している事業者「なし」を記録しました。", "Recorded: there is no contracted vendor."
)
ENDED = Text(
    "「{member}」の「{role}」は{day}までになりました。",
    "{member} holds the role {role} until {day}.",
)
ADDED = Text("「{what}」を登録しました。", "Added: {what}.")


@mamori.group(help=words.say("組織(医療機関・事業者など)", "Organisations"))
def organisation() -> None:
    """Hold the commands on organisations."""


@organisation.command("list", help=words.say("組織の一覧", "List organisations"))
@acting.acts
@acting.json_option
def list_(who: Viewer, json_wanted: bool) -> None:
    """List the organisations this person may see."""
    found = queries.organisations(who)
    if json_wanted:
        output.as_json([_plain(one) for one in found])
        return
    language = words.language()
    output.table(
        (words.say("コード", "Code"), words.say("種類", "Kind"), words.say("名称", "Name")),
        [(one.code, KIND_NAMES[one.kind].say(language), one.name) for one in found],
    )


@organisation.command("add", help=words.say("組織を登録する", "Add an organisation"))
@click.argument("code")
@click.option(
    "--kind",
    required=True,
    type=click.Choice([k.value for k in OrganisationKind]),
    help=words.say("種類", "Kind"),
)
@click.option("--name", required=True, help=words.say("名称", "Name"))
@click.option("--name-en", default="", help=words.say("英語の名称", "Name in English"))
@click.option("--parent", help=words.say("上位の組織のコード", "Code of the organisation above"))
@click.option("--prefecture", default="", help=words.say("都道府県番号(27 など)", "e.g. 27"))
@click.option("--beds", type=click.IntRange(0, 100000), help=words.say("病床数", "Beds"))
@acting.acts
def add_(
    who: Viewer,
    code: str,
    kind: str,
    name: str,
    name_en: str,
    parent: str | None,
    prefecture: str,
    beds: int | None,
) -> None:
    """Add an organisation."""
    one = Organisation(
        code=code,
        kind=OrganisationKind(kind),
        name=name,
        name_en=name_en,
        parent=parent,
        prefecture=prefecture,
        beds=beds,
    )
    add.add_organisation(who, one=one, now=acting.now())
    output.line(ADDED.fill(what=code))


@organisation.command(
    "vendor", help=words.say("契約している事業者の有無を記録する", "Say whether there is a vendor")
)
@click.argument("answer", type=click.Choice(["yes", "no"]))
@acting.for_facility
def vendor(who: Viewer, facility: str, answer: str) -> None:
    """Record whether the facility has a contracted vendor."""
    add.say_whether_vendor(who, facility=facility, has_vendor=answer == "yes", now=acting.now())
    output.line(VENDOR_YES if answer == "yes" else VENDOR_NO)


@organisation.command("contract", help=words.say("事業者との契約を登録する", "Add a contract"))
@click.argument("vendor_code", metavar="VENDOR")
@click.option("--systems", default="", help=words.say("対象のシステム", "Systems covered"))
@click.option("--indirect", is_flag=True, help=words.say("直接の契約ではない", "Not direct"))
@click.option(
    "--remote-maintenance",
    type=click.Choice(["yes", "no"]),
    help=words.say("リモートメンテナンスの有無", "Whether the vendor maintains remotely"),
)
@click.option(
    "--begins", type=acting.DAY, required=True, help=words.say("契約の開始日", "First day")
)
@click.option("--ends", type=acting.DAY, help=words.say("契約の終了日", "Last day"))
@acting.for_facility
def contract(
    who: Viewer,
    facility: str,
    vendor_code: str,
    systems: str,
    indirect: bool,
    remote_maintenance: str | None,
    begins: date,
    ends: date | None,
) -> None:
    """Record a contract of the facility."""
    remote = None if remote_maintenance is None else remote_maintenance == "yes"
    one = Contract(
        facility=facility,
        vendor=vendor_code,
        vendor_name="",
        systems=systems,
        is_direct=not indirect,
        remote_maintenance=remote,
        begins=begins,
        ends=ends,
    )
    add.add_contract(who, facility=facility, one=one, now=acting.now(), today=acting.today())
    output.line(CONTRACTED.fill(what=vendor_code))


@mamori.group(help=words.say("利用者と役割", "Members and their roles"))
def member() -> None:
    """Hold the commands on members."""


@member.command("list", help=words.say("利用者の一覧", "List members"))
@acting.for_facility
@acting.json_option
def list_members(who: Viewer, facility: str, json_wanted: bool) -> None:
    """List who holds which role, past terms too."""
    found = queries.terms(who, facility)
    if json_wanted:
        output.as_json(
            [
                {
                    "member": t.member,
                    "full_name": t.full_name,
                    "organisation": t.organisation,
                    "role": t.role.value,
                    "since": t.since,
                    "until": t.until,
                    "appointed_by": t.appointed_by,
                }
                for t in found
            ]
        )
        return
    language = words.language()
    head = (
        ("名前", "氏名", "役割", "開始", "終了")
        if language.value == "ja"
        else ("Name", "Full name", "Role", "Since", "Until")
    )
    output.table(
        head,
        [
            (
                t.member,
                t.full_name,
                ROLE_NAMES[t.role].say(language),
                t.since.isoformat(),
                t.until.isoformat() if t.until else "",
            )
            for t in found
        ],
    )


@member.command("add", help=words.say("利用者に役割を与える", "Give a person a role"))
@click.argument("name")
@click.option(
    "--organisation", "code", required=True, help=words.say("組織のコード", "Organisation")
)
@click.option(
    "--role",
    required=True,
    type=click.Choice([r.value for r in Role]),
    help=words.say("役割", "Role"),
)
@click.option("--full-name", required=True, help=words.say("氏名", "Full name"))
@click.option("--since", type=acting.DAY, help=words.say("任命日", "Appointed on"))
@click.option("--appointed-by", default="", help=words.say("任命した人・会議", "By whom"))
@click.option("--os-user", help=words.say("端末の利用者名", "Operating-system user"))
@acting.acts
def add_member(
    who: Viewer,
    name: str,
    code: str,
    role: str,
    full_name: str,
    since: date | None,
    appointed_by: str,
    os_user: str | None,
) -> None:
    """Add a member, or give one that is there another role."""
    today = acting.today()
    add.add_member(
        who,
        facility=code,
        name=name,
        full_name=full_name,
        role=Role(role),
        since=since or today,
        appointed_by=appointed_by,
        os_user=os_user,
        now=acting.now(),
        today=today,
    )
    output.line(ADDED.fill(what=f"{name} ({ROLE_NAMES[Role(role)].say(words.language())})"))


@member.command("end", help=words.say("役割を終える(記録は残る)", "End a role; it stays on record"))
@click.argument("name", metavar="MEMBER")
@click.option("--organisation", "code", required=True)
@click.option("--role", required=True, type=click.Choice([r.value for r in Role]))
@click.option("--on", "day", type=acting.DAY, help=words.say("最後の日", "The last day"))
@acting.acts
def end_member(who: Viewer, name: str, code: str, role: str, day: date | None) -> None:
    """Record the last day of a role."""
    last_day = day or acting.today()
    add.end_role(
        who, facility=code, name=name, role=Role(role), last_day=last_day, now=acting.now()
    )
    output.line(ENDED.fill(member=name, role=ROLE_NAMES[Role(role)], day=last_day.isoformat()))


def _plain(one: Organisation) -> dict[str, object]:
    """Give an organisation as it stands in JSON."""
    return {
        "code": one.code,
        "kind": one.kind.value,
        "name": one.name,
        "name_en": one.name_en,
        "parent": one.parent,
        "prefecture": one.prefecture,
        "beds": one.beds,
        "has_vendor": one.has_vendor,
    }
