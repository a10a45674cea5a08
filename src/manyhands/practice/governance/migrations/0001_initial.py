"""Decisions and goals, whole: this far the tables stand as they were first published."""

import django.db.models.deletion
import django.utils.timezone
import manyhands.practice.governance.rules
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
                name='DecisionRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('kind', models.CharField(choices=[('ordinary', 'What we do'), ('goal', 'A shared goal'), ('charter', 'Our own rules')], max_length=10, verbose_name='kind of decision')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('method', models.CharField(choices=[('share', 'A share of the votes'), ('consent', 'Consent')], default=manyhands.practice.governance.rules.Method['SHARE'], max_length=10, verbose_name='how stances become a decision')),
                    ('quorum_numerator', models.PositiveSmallIntegerField(default=1)),
                    ('quorum_denominator', models.PositiveSmallIntegerField(default=2)),
                    ('threshold_numerator', models.PositiveSmallIntegerField(default=2)),
                    ('threshold_denominator', models.PositiveSmallIntegerField(default=3)),
                    ('must_exceed', models.BooleanField(default=False, verbose_name='it must be more than that share')),
                    ('base', models.CharField(choices=[('for or against', 'the votes for or against'), ('all stances', 'all stances taken, those aside included'), ('all eligible', 'all votes there are')], default=manyhands.practice.governance.rules.Base['FOR_OR_AGAINST'], max_length=16, verbose_name='share of which votes')),
                    ('blocks_stop', models.BooleanField(default=True, verbose_name='one block stops a proposal')),
                    ('notice_days', models.PositiveSmallIntegerField(default=7, verbose_name='days of notice')),
                    ('in_force_from', models.DateField()),
                    ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['kind', '-id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('coalition', 'kind'), name='one_live_rule_per_kind'), models.CheckConstraint(condition=models.Q(('quorum_denominator__gt', 0), ('threshold_denominator__gt', 0), ('quorum_numerator__lte', models.F('quorum_denominator')), ('threshold_numerator__lte', models.F('threshold_denominator'))), name='a_rule_asks_for_shares')],
                },
            ),
            migrations.CreateModel(
                name='SharedGoal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('title', models.CharField(max_length=160, verbose_name='goal')),
                    ('summary', models.CharField(blank=True, max_length=400, verbose_name='in one sentence')),
                    ('state', models.CharField(choices=[('proposed', 'proposed'), ('endorsed', 'endorsed'), ('adopted', 'adopted'), ('reached', 'reached'), ('retired', 'retired')], default='proposed', max_length=10)),
                    ('source', models.CharField(blank=True, max_length=80)),
                    ('quote', models.CharField(blank=True, max_length=400)),
                    ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('adopted_at', models.DateTimeField(blank=True, null=True)),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['adopted_at', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['adopted', 'reached']), _negated=True), ('adopted_at__isnull', False), _connector='OR'), name='an_adopted_goal_has_its_day')],
                },
            ),
            migrations.CreateModel(
                name='GoalSponsor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sponsors', to='governance.sharedgoal')),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organization')),
                    ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'ordering': ['since', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('goal', 'organization'), name='an_organization_stands_once')],
                },
            ),
            migrations.CreateModel(
                name='NamedGoal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_goals', to='coalitions.organization')),
                    ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joined_for_by', to='governance.sharedgoal')),
                    ('named_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalitions.seat')),
                    ('named_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.UniqueConstraint(fields=('organization', 'goal'), name='a_goal_is_named_once')],
                },
            ),
            migrations.CreateModel(
                name='Proposal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('number', models.PositiveIntegerField()),
                    ('kind', models.CharField(choices=[('ordinary', 'What we do'), ('goal', 'A shared goal'), ('charter', 'Our own rules')], default='ordinary', max_length=10, verbose_name='what is decided')),
                    ('title', models.CharField(max_length=160, verbose_name='title')),
                    ('summary', models.CharField(blank=True, max_length=400, verbose_name='in one sentence')),
                    ('text', models.TextField(max_length=20000, verbose_name='what we would do')),
                    ('source', models.CharField(blank=True, max_length=80)),
                    ('quote', models.CharField(blank=True, max_length=400)),
                    ('serves_goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='served_by', to='governance.sharedgoal', verbose_name='goal it serves')),
                    ('goal', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='governance.sharedgoal')),
                    ('put_forward_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('rule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.decisionrule')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('clarify', 'Clarify'), ('react', 'React'), ('decide', 'Decide'), ('adopted', 'Adopted'), ('adopted with dissent', 'Adopted with dissent'), ('not adopted', 'Not adopted'), ('no quorum', 'Too few stances'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20)),
                    ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('opened_at', models.DateTimeField(blank=True, null=True)),
                    ('react_at', models.DateTimeField(blank=True, null=True)),
                    ('decide_at', models.DateTimeField(blank=True, null=True)),
                    ('closes_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('force', models.CharField(blank=True, choices=[('in force', 'In force'), ('reaffirmed', 'Reaffirmed'), ('changed', 'Changed since'), ('repealed', 'Repealed')], max_length=10)),
                    ('review_on', models.DateField(blank=True, null=True, verbose_name='looked at again on')),
                    ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                    ('review_note', models.TextField(blank=True, max_length=4000)),
                    ('sectors_heard', models.JSONField(blank=True, default=list)),
                    ('is_single_perspective', models.BooleanField(default=False)),
                ],
                options={
                    'ordering': ['-number'],
                    'indexes': [models.Index(fields=['coalition', 'state', 'closes_at'], name='proposals_by_closing')],
                    'constraints': [models.UniqueConstraint(fields=('coalition', 'number'), name='proposals_are_numbered'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', [manyhands.practice.governance.rules.Outcome['ADOPTED'], manyhands.practice.governance.rules.Outcome['WITH_DISSENT'], manyhands.practice.governance.rules.Outcome['NOT_ADOPTED'], manyhands.practice.governance.rules.Outcome['NO_QUORUM']])), models.Q(models.Q(('state__in', [manyhands.practice.governance.rules.Outcome['ADOPTED'], manyhands.practice.governance.rules.Outcome['WITH_DISSENT'], manyhands.practice.governance.rules.Outcome['NOT_ADOPTED'], manyhands.practice.governance.rules.Outcome['NO_QUORUM']]), _negated=True), ('decided_at', None)), _connector='OR'), name='an_outcome_comes_with_a_day'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), ('rule__isnull', False), _connector='OR'), name='nothing_is_decided_without_a_rule'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'decide'), _negated=True), ('closes_at__isnull', False), _connector='OR'), name='the_decide_phase_has_an_end')],
                },
            ),
            migrations.CreateModel(
                name='Consulted',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consulted', to='governance.proposal')),
                    ('who', models.CharField(max_length=160, verbose_name='whom we asked')),
                    ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalitions.organization')),
                    ('expertise', models.CharField(max_length=300, verbose_name='what they know about it')),
                    ('invited_on', models.DateField(verbose_name='asked on')),
                    ('came_on', models.DateField(blank=True, null=True, verbose_name='heard on')),
                    ('said', models.TextField(blank=True, max_length=4000, verbose_name='what they told us')),
                    ('change', models.TextField(blank=True, max_length=2000, verbose_name='what changed because of it')),
                    ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalitions.seat')),
                    ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'ordering': ['invited_on', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('who', ''), _negated=True), models.Q(('expertise', ''), _negated=True)), name='the_consulted_are_named'), models.CheckConstraint(condition=models.Q(('came_on', None), ('came_on__gte', models.F('invited_on')), _connector='OR'), name='one_is_heard_after_one_was_asked')],
                },
            ),
            migrations.CreateModel(
                name='Eligibility',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='eligible', to='governance.proposal')),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organization')),
                    ('votes', models.PositiveSmallIntegerField(default=1)),
                ],
                options={
                    'ordering': ['organization__name', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('proposal', 'organization'), name='eligible_once')],
                },
            ),
            migrations.CreateModel(
                name='ProposalVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='governance.proposal')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('title', models.CharField(max_length=160)),
                    ('summary', models.CharField(blank=True, max_length=400)),
                    ('text', models.TextField(max_length=20000)),
                    ('because', models.CharField(blank=True, max_length=300, verbose_name='what changed, and thanks to whom')),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'ordering': ['number'],
                    'constraints': [models.UniqueConstraint(fields=('proposal', 'number'), name='versions_are_numbered')],
                },
            ),
            migrations.CreateModel(
                name='Stance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stances', to='governance.proposal')),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organization')),
                    ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('choice', models.CharField(choices=[('for', 'For'), ('aside', 'Stands aside'), ('against', 'Against'), ('block', 'Blocks')], max_length=8)),
                    ('reason', models.TextField(blank=True, max_length=4000)),
                    ('taken_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('replaced_at', models.DateTimeField(blank=True, null=True)),
                    ('reply', models.TextField(blank=True, max_length=4000)),
                    ('replied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('replied_at', models.DateTimeField(blank=True, null=True)),
                    ('look_again_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('proposal', 'organization'), name='one_stance_per_organization'), models.CheckConstraint(condition=models.Q(models.Q(('choice', 'block'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_block_has_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Dissent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('number', models.PositiveIntegerField()),
                    ('stance', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='dissent', to='governance.stance')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to='governance.proposal')),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organization')),
                    ('state', models.CharField(choices=[('recorded', 'Waits for an answer'), ('answered', 'Answered'), ('reviewed', 'Looked at again')], default='recorded', max_length=10)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                    ('review_note', models.TextField(blank=True, max_length=4000)),
                ],
                options={
                    'ordering': ['-number'],
                    'constraints': [models.UniqueConstraint(fields=('coalition', 'number'), name='dissents_are_numbered')],
                },
            ),
        ]),
    ]
