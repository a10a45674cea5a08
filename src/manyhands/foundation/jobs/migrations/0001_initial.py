"""Work that is waiting or done, whole: this far the tables stand as they were first published."""

import django.utils.timezone
from django.db import migrations, models

from manyhands.foundation.tenancy.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='JobRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=160)),
                    ('arguments', models.JSONField(default=dict)),
                    ('coalition_id', models.BigIntegerField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=8)),
                    ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('deaths', models.PositiveSmallIntegerField(default=0)),
                    ('max_tries', models.PositiveSmallIntegerField(default=3)),
                    ('lease', models.CharField(blank=True, max_length=32)),
                    ('lease_until', models.DateTimeField(blank=True, null=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('of', models.PositiveIntegerField(default=0)),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('error', models.TextField(blank=True)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('began_at', models.DateTimeField(blank=True, null=True)),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['-id'],
                    'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['due_at', 'id'], name='jobs_to_do'), models.Index(condition=models.Q(('state', 'waiting')), fields=['name', 'coalition_id'], name='jobs_asked_for'), models.Index(fields=['state', '-id'], name='jobs_by_state')],
                },
            ),
            migrations.CreateModel(
                name='Slot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=160)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('name', 'at'), name='one_slot_per_turn')],
                },
            ),
        ]),
    ]
