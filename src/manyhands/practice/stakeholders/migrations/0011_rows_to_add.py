"""Rows that a list would add move out of the table of what there is to say about rows."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from manyhands.foundation.tenancy.scope import everywhere

GONE = (
    "about", "also_known_as", "city", "country", "email", "extra", "identifier", "kind", "match_key", "note", "phone",
    "postal_code", "region", "search_text", "sector", "stance", "stance_source", "street", "tags", "website",
)


def try_again(apps: Any, schema_editor: Any) -> None:
    """Lists that wait are tried again before they come in, since their rows were kept another way."""
    with everywhere("lists that wait are tried again after an upgrade"):
        waiting = apps.get_model("stakeholders", "Import")._base_manager.filter(state__in=["tried", "committing"])
        waiting.update(tried_against="")
        apps.get_model("stakeholders", "ImportRow")._base_manager.filter(outcome="add").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('coalitions', '0001_initial'),
        ('stakeholders', '0010_rated_allies'),
    ]

    operations = [
        migrations.RunPython(try_again, migrations.RunPython.noop),
        *[migrations.RemoveField(model_name="importrow", name=name) for name in GONE],
        migrations.AddField(
            model_name='importrow',
            name='place',
            field=models.CharField(blank=True, max_length=330),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='listing',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='results', to='stakeholders.import'),
        ),
        migrations.AlterField(
            model_name='importrow',
            name='name',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.CreateModel(
            name='RowsToAdd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', models.JSONField(default=list)),
                ('lines', models.TextField()),
                ('count', models.PositiveIntegerField()),
                ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='to_add', to='stakeholders.import')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
    ]
