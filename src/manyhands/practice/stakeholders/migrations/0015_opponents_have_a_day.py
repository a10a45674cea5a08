"""Who is against us has a day from which that counts; lists that wait are tried again, since they must name one too."""

from typing import Any

from django.db import migrations, models
from django.db.models.functions import TruncDate

from manyhands.foundation.tenancy.scope import everywhere


def give_days(apps: Any, schema_editor: Any) -> None:
    """Where nobody wrote a day, it was known at the latest when the record was changed last."""
    with everywhere("opponents get a day after an upgrade"):
        allies = apps.get_model("stakeholders", "Stakeholder")._base_manager
        without = allies.filter(stance__in=["against", "leaning away"], stance_on=None)
        without.update(stance_on=TruncDate("updated_at"))
        waiting = apps.get_model("stakeholders", "Import")._base_manager.filter(state__in=["tried", "committing"])
        waiting.update(tried_against="")


class Migration(migrations.Migration):

    dependencies = [
        ('coalitions', '0001_initial'),
        ('stakeholders', '0014_lists_may_add_every_row'),
    ]

    operations = [
        migrations.RunPython(give_days, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stance__in', ['against', 'leaning away']), _negated=True), ('stance_on__isnull', False), _connector='OR'), name='a_stance_against_has_its_day'),
        ),
    ]
