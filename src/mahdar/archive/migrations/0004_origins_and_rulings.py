"""Versions say where they come from; what people decided has a table of its own.

All that was kept before was read, by the program that its row names.
"""

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat

_COLUMNS = {
    "origin": models.CharField(max_length=16, default="read"),
    "by": models.TextField(default=""),
    "based_on": models.TextField(default=""),
    "base_digest": models.CharField(max_length=64, default=""),
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


def say_who_read(apps, schema_editor):
    table = apps.get_model("archive", "Record").objects.using(schema_editor.connection.alias)
    table.update(by=Concat(Value("mahdar "), F("reader"), output_field=models.TextField()))


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_elements")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_columns, remove_columns)],
            state_operations=[
                migrations.AddField("record", name, field) for name, field in _COLUMNS.items()
            ],
        ),
        migrations.RunPython(say_who_read, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                           verbose_name="ID")),
                ("identity", models.CharField(max_length=16, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("who", models.TextField(default="")),
                ("when", models.DateTimeField()),
                ("key", models.CharField(max_length=200)),
                ("language", models.CharField(max_length=8)),
                ("anchor", models.TextField(null=True)),
                ("what", models.TextField()),
                ("reason", models.TextField(default="")),
                ("taken_back_by", models.TextField(null=True)),
                ("taken_back_when", models.DateTimeField(null=True)),
                ("taken_back_reason", models.TextField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["key", "language", "kind"], name="ruling_by_record")
                ],
            },
        ),
    ]
