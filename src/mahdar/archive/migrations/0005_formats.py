"""The archive says who wrote it; each record, in which format each derived table holds it.

Records that are there get their serials as they are brought up to date (mahdar.archive.upgrade).
"""

from django.db import migrations, models
from django.db.models import Q

_COLUMNS = {
    "formats": models.TextField(default="{}"),
    "serial": models.BigIntegerField(default=0),
    "said_serial": models.BigIntegerField(default=0),
}


def _fields(apps):
    record = apps.get_model("archive", "Record")
    for name, kind in _COLUMNS.items():
        field = kind.clone()
        field.set_attributes_from_name(name)
        field.model = record
        yield record, field


def add_columns(apps, schema_editor):
    """Add the columns; on SQLite without the copy of all records that Django makes for each."""
    for record, field in _fields(apps):
        if schema_editor.connection.vendor != "sqlite":
            schema_editor.add_field(record, field)
            continue
        kind = field.db_type(schema_editor.connection)
        schema_editor.execute(
            f"ALTER TABLE {schema_editor.quote_name(record._meta.db_table)} ADD COLUMN"
            f" {schema_editor.quote_name(field.column)} {kind} NOT NULL"
            f" DEFAULT {schema_editor.quote_value(field.default)}"
        )


def remove_columns(apps, schema_editor):
    for record, field in _fields(apps):
        schema_editor.remove_field(record, field)


class Migration(migrations.Migration):
    dependencies = [("archive", "0004_origins_and_rulings")]

    operations = [
        migrations.AddField("clock", "program", models.CharField(default="", max_length=32)),
        migrations.AddField("clock", "formats", models.TextField(default="{}")),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_columns, remove_columns)],
            state_operations=[
                migrations.AddField("record", name, field) for name, field in _COLUMNS.items()
            ],
        ),
        # With a condition it is an index, for which SQLite need not copy the table either.
        migrations.AddConstraint(
            "record",
            models.UniqueConstraint(
                fields=("serial",), condition=Q(serial__gt=0), name="one_serial"
            ),
        ),
        migrations.AddIndex(
            "record", models.Index(fields=["current", "serial"], name="record_by_serial")
        ),
        migrations.AddIndex(
            "record", models.Index(fields=["current", "said_serial"], name="record_by_said_serial")
        ),
        migrations.AddIndex("record", models.Index(fields=["formats"], name="record_by_formats")),
    ]
