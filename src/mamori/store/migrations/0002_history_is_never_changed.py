"""The database itself refuses to change or delete rows of history."""

from django.db import migrations

TABLES = (
    "store_auditentry",
    "store_answerrow",
    "store_apparatushistory",
    "store_checklistevent",
    "store_checkrun",
    "store_columnmapping",
    "store_editionrow",
    "store_findingrow",
    "store_import",
    "store_importreject",
    "store_importundo",
    "store_managementreport",
    "store_reportconfirmation",
)
WHY = "history is never changed"


def forbid(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION mamori_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WHY} (%)', TG_TABLE_NAME; END $$",
            params=None,
        )
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_no_{event.lower()}"
            if vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION mamori_refuse()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{WHY} ({table})'); END"
                )


def allow(apps, schema_editor):
    for table in TABLES:
        for event in ("update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on}")


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
