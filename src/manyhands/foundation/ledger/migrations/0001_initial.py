"""The book and its deliveries, whole: this far the tables stand as they were first published."""

import django.db.models.deletion
from django.db import migrations, models

from manyhands.foundation.tenancy.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('coalitions', '0001_initial'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='LedgerEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('at', models.DateTimeField(db_index=True)),
                    ('kind', models.CharField(max_length=80)),
                    ('by_seat_id', models.BigIntegerField(null=True)),
                    ('by_system', models.CharField(blank=True, max_length=80)),
                    ('about', models.CharField(max_length=120)),
                    ('facts', models.JSONField(default=dict)),
                ],
                options={
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['coalition', '-id'], name='ledger_newest_first'), models.Index(fields=['coalition', 'about'], name='ledger_about_a_row'), models.Index(fields=['coalition', 'kind', '-id'], name='ledger_of_a_kind')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by_seat_id__isnull', False), ('by_system', '')), models.Q(('by_seat_id__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='ledger_line_has_one_author')],
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='ledger.ledgerentry')),
                    ('listener', models.CharField(max_length=160)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('trouble', models.TextField(blank=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['id'], name='deliveries_waiting')],
                    'constraints': [models.UniqueConstraint(fields=('entry', 'listener'), name='one_delivery_per_listener')],
                },
            ),
        ]),
    ]
