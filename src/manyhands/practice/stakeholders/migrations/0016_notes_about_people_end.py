"""Each note about a person has an end: those here already twelve months after their record was changed last, as before."""

from datetime import timedelta
from typing import Any

from django.db import migrations, models

from manyhands.foundation.tenancy.scope import everywhere


def give_ends(apps: Any, schema_editor: Any) -> None:
    """What they are for nobody has said; their page shows that, and the next who writes there is asked."""
    with everywhere("notes about people get an end after an upgrade"):
        allies = apps.get_model("stakeholders", "Stakeholder")._base_manager
        for ally in allies.filter(kind="person").exclude(note="").only("pk", "source", "updated_at").iterator():
            day = ally.updated_at.date()
            ends = {"note_on": day, "note_until": day + timedelta(days=365), "note_source": ally.source}
            allies.filter(pk=ally.pk).update(**ends)



class Migration(migrations.Migration):

    dependencies = [
        ('coalitions', '0001_initial'),
        ('stakeholders', '0015_opponents_have_a_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='notes_for',
            field=models.CharField(blank=True, max_length=200, verbose_name='what we need its notes about people for'),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='note_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='note_purpose',
            field=models.CharField(blank=True, max_length=200, verbose_name='what we need this note for'),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='note_source',
            field=models.CharField(blank=True, max_length=300, verbose_name='how we know this'),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='note_until',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(give_ends, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'person'), _negated=True), ('note', ''), ('note_until__isnull', False), _connector='OR'), name='a_note_about_a_person_ends'),
        ),
    ]
