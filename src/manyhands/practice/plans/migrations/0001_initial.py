"""Plans and tasks, whole: this far the tables stand as they were first published."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from manyhands.foundation.tenancy.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('coalitions', '0001_initial'),
        ('governance', '0001_initial'),
        ('stakeholders', '0001_initial'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='GoalMessage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='governance.sharedgoal')),
                    ('motive', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='stakeholders.profileentry')),
                    ('text', models.TextField(max_length=2000, verbose_name='how we say it to them')),
                    ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalitions.seat')),
                    ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.UniqueConstraint(fields=('goal', 'motive'), name='one_message_for_a_motive'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_message_says_something')],
                },
            ),
            migrations.CreateModel(
                name='Objective',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='governance.sharedgoal')),
                    ('title', models.CharField(max_length=200, verbose_name='objective')),
                    ('indicator', models.CharField(blank=True, max_length=300, verbose_name='what we measure')),
                    ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                    ('baseline_value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='where we start')),
                    ('baseline_on', models.DateField(blank=True, null=True, verbose_name='measured on')),
                    ('target_value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='where we want to be')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                    ('direction', models.CharField(choices=[('up', 'more is better'), ('down', 'less is better')], default='up', max_length=4, verbose_name='which way is better')),
                    ('data_source', models.CharField(blank=True, max_length=300, verbose_name='who measures it, and how')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat', verbose_name='looked after by')),
                    ('horizon', models.CharField(choices=[('short', 'short: within a year'), ('medium', 'medium: one to three years'), ('long', 'long: beyond three years')], default='medium', max_length=6, verbose_name='horizon')),
                    ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('due_on', None), ('baseline_on', None), ('due_on__gt', models.F('baseline_on')), _connector='OR'), name='a_target_lies_after_its_baseline')],
                },
            ),
            migrations.CreateModel(
                name='Measurement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='plans.objective')),
                    ('value', models.DecimalField(decimal_places=4, max_digits=18, verbose_name='value')),
                    ('measured_on', models.DateField(verbose_name='measured on')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='plans.measurement')),
                    ('because', models.CharField(blank=True, max_length=300, verbose_name='what was wrong')),
                ],
                options={
                    'ordering': ['measured_on', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='governance.sharedgoal')),
                    ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='plans.objective')),
                    ('title', models.CharField(max_length=200, verbose_name='what shall be done')),
                    ('done_when', models.CharField(blank=True, max_length=300, verbose_name='done when')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                    ('week_of', models.DateField(blank=True, null=True, verbose_name='week of')),
                    ('place', models.CharField(blank=True, max_length=120, verbose_name='where')),
                    ('state', models.CharField(choices=[('unowned', 'Nobody yet'), ('offered', 'Offered'), ('accepted', 'Accepted'), ('doing', 'Under way'), ('blocked', 'Stuck'), ('done', 'Done, to be verified'), ('verified', 'Done and verified'), ('dropped', 'Dropped')], default='unowned', max_length=10)),
                    ('note', models.CharField(blank=True, max_length=400)),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('verified_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': [models.OrderBy(models.F('due_on'), nulls_last=True), 'id'],
                    'indexes': [models.Index(fields=['coalition', 'state', 'due_on'], name='tasks_by_day')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('verified_by', None), ('done_by', None), models.Q(('verified_by', models.F('done_by')), _negated=True), _connector='OR'), name='nobody_verifies_their_own_work'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'verified'), _negated=True), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='a_verified_task_names_who_verified')],
                },
            ),
            migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='plans.task')),
                    ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('part', models.CharField(choices=[('R', 'does the work'), ('A', 'accountable'), ('C', 'asked'), ('I', 'told')], default='A', max_length=1)),
                    ('acceptance', models.CharField(choices=[('offered', 'offered'), ('accepted', 'accepted'), ('declined', 'declined'), ('handed back', 'handed back')], default='offered', max_length=12)),
                    ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('offered_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('reason', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('acceptance__in', ['offered', 'accepted']), ('part', 'A')), fields=('task',), name='one_accountable_per_task'), models.UniqueConstraint(condition=models.Q(('acceptance__in', ['offered', 'accepted'])), fields=('task', 'seat', 'part'), name='one_part_of_a_kind_per_person')],
                },
            ),
        ]),
    ]
