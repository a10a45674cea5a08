from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("stakeholders", "0004_positions"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="signed",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
