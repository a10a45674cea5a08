import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coalitions", "0001_initial"),
        ("stakeholders", "0003_outreach_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="position",
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken_back_at", None), ("replaced_at__isnull", False), _connector="OR"),
                name="a_position_that_was_taken_back_does_not_count",
            ),
        ),
        migrations.CreateModel(
            name="PowerFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("method", models.CharField(blank=True, max_length=60)),
                ("payload", models.JSONField(default=dict)),
                ("computed_at", models.DateTimeField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "coalition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coalitions.coalition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("coalition",), name="one_power_finding_for_a_coalition")
                ],
            },
        ),
    ]
