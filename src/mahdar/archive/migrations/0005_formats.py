"""The archive says who wrote it; each record, in which format each derived table holds it."""

from django.db import migrations, models
from django.db.models import F


def number_records(apps, schema_editor):
    """Let indexes and vectors that there are know records by the numbers that they had."""
    table = apps.get_model("archive", "Record").objects.using(schema_editor.connection.alias)
    table.update(serial=F("pk"), said_serial=F("pk"))


class Migration(migrations.Migration):
    dependencies = [("archive", "0004_origins_and_rulings")]

    operations = [
        migrations.AddField("clock", "program", models.CharField(default="", max_length=32)),
        migrations.AddField("clock", "formats", models.TextField(default="{}")),
        migrations.AddField("record", "formats", models.TextField(default="{}")),
        migrations.AddField("record", "serial", models.BigIntegerField(default=0)),
        migrations.AddField("record", "said_serial", models.BigIntegerField(default=0)),
        migrations.RunPython(number_records, migrations.RunPython.noop),
        migrations.AddConstraint(
            "record", models.UniqueConstraint(fields=("serial",), name="one_serial")
        ),
        migrations.AddIndex(
            "record", models.Index(fields=["current", "serial"], name="record_by_serial")
        ),
        migrations.AddIndex(
            "record", models.Index(fields=["current", "said_serial"], name="record_by_said_serial")
        ),
        migrations.AddIndex("record", models.Index(fields=["formats"], name="record_by_formats")),
    ]
