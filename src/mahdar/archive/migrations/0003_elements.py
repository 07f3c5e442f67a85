"""What was called a speech is an element; its numbers count from 1, as addresses print them."""

from django.db import migrations, models
from django.db.models import F

_COUNTED = (
    ("Element", ("number", "turn_number", "part_number")),
    ("Paragraph", ("paragraph_number",)),
    ("Mention", ("paragraph_number",)),
    ("Vote", ("vote_number",)),
)


def count_from_one(apps, schema_editor):
    for name, fields in _COUNTED:
        table = apps.get_model("archive", name).objects.using(schema_editor.connection.alias)
        table.update(**{field: F(field) + 1 for field in fields})


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_speech_by_affiliation")]

    operations = [
        migrations.RemoveConstraint("speech", "one_place"),
        migrations.RenameModel("Speech", "Element"),
        migrations.RenameField("element", "position", "number"),
        migrations.RenameField("element", "turn", "turn_number"),
        migrations.RenameField("element", "part", "part_number"),
        migrations.AlterField("element", "part_number", models.IntegerField(default=1)),
        migrations.RenameField("paragraph", "speech", "element"),
        migrations.RenameField("paragraph", "number", "paragraph_number"),
        migrations.RenameField("mention", "speech", "element"),
        migrations.RenameField("mention", "paragraph", "paragraph_number"),
        migrations.RenameField("subject", "speech", "element"),
        migrations.RenameField("vote", "number", "vote_number"),
        migrations.AlterField(
            "element", "record",
            models.ForeignKey(on_delete=models.CASCADE, related_name="elements",
                              to="archive.record"),
        ),
        migrations.AlterField(
            "element", "person",
            models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="elements",
                              to="archive.person"),
        ),
        migrations.RenameIndex(
            "element", new_name="element_by_affiliation", old_name="speech_by_affiliation"
        ),
        migrations.RunPython(count_from_one, migrations.RunPython.noop),
        migrations.AddConstraint(
            "element", models.UniqueConstraint(fields=["record", "number"], name="one_place")
        ),
    ]
