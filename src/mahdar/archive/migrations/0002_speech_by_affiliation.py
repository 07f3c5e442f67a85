from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="speech",
            index=models.Index(fields=["affiliation"], name="speech_by_affiliation"),
        ),
    ]
