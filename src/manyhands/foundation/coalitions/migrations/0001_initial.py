"""Coalitions and who sits in them, whole: this far the tables stand as they were first published."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import manyhands.foundation.coalitions.rules
from django.conf import settings
from django.db import migrations, models

from manyhands.foundation.tenancy.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Coalition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters, digits and single hyphens.')])),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('purpose', models.CharField(max_length=400, verbose_name='purpose')),
                    ('values', models.TextField(blank=True, max_length=4000, verbose_name='values')),
                    ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                    ('accent', models.CharField(choices=[('lake', 'Lake'), ('iris', 'Iris'), ('berry', 'Berry'), ('clay', 'Clay'), ('olive', 'Olive'), ('fern', 'Fern')], default='lake', max_length=12, verbose_name='color')),
                    ('state', models.CharField(choices=[('exploring', 'Exploring'), ('forming', 'Forming'), ('active', 'Active'), ('institutionalised', 'Established for good'), ('recycling', 'Starting over'), ('dormant', 'Resting'), ('sunset', 'Ended')], default=manyhands.foundation.coalitions.rules.CoalitionState['EXPLORING'], max_length=20)),
                    ('is_public', models.BooleanField(default=False, verbose_name='shown on the open site')),
                    ('is_invented', models.BooleanField(default=False)),
                    ('founded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
            ),
            migrations.CreateModel(
                name='Organization',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('sector', models.CharField(blank=True, max_length=60, verbose_name='sector')),
                    ('about', models.CharField(blank=True, max_length=400, verbose_name='what it does')),
                    ('website', models.URLField(blank=True, max_length=300, verbose_name='website')),
                    ('state', models.CharField(choices=[('prospect', 'prospect'), ('active', 'active'), ('merged', 'merged'), ('closed', 'closed')], default='prospect', max_length=10)),
                    ('is_public', models.BooleanField(default=False, verbose_name='named on the open site')),
                ],
                options={
                    'ordering': ['name', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('organization', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='membership', to='coalitions.organization')),
                    ('state', models.CharField(choices=[('invited', 'Invited'), ('applied', 'Applied'), ('active', 'Member'), ('paused', 'Pausing'), ('withdrawn', 'Left'), ('removed', 'Removed')], default=manyhands.foundation.coalitions.rules.MembershipState['INVITED'], max_length=10)),
                    ('votes', models.PositiveSmallIntegerField(default=1, verbose_name='votes')),
                    ('since', models.DateField(blank=True, null=True)),
                    ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason for leaving')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), ('since__isnull', False), _connector='OR'), name='an_active_membership_has_a_first_day')],
                },
            ),
            migrations.CreateModel(
                name='Seat',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='coalitions.organization')),
                    ('standing', models.CharField(choices=[('representative', 'Representative'), ('alternate', 'Alternate'), ('observer', 'Observer'), ('guest', 'Guest')], default='representative', max_length=16)),
                    ('is_coordinator', models.BooleanField(default=False, verbose_name='coordinator')),
                    ('is_steward', models.BooleanField(default=False, verbose_name='steward')),
                    ('is_facilitator', models.BooleanField(default=False, verbose_name='facilitator')),
                    ('name', models.CharField(max_length=120)),
                    ('taken_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['name', 'id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('coalition', 'person'), name='one_seat_per_person'), models.CheckConstraint(condition=models.Q(('organization__isnull', False), models.Q(('standing', 'alternate'), _negated=True), _connector='OR'), name='a_representative_speaks_for_an_organization')],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.organization')),
                    ('standing', models.CharField(choices=[('representative', 'Representative'), ('alternate', 'Alternate'), ('observer', 'Observer'), ('guest', 'Guest')], default='representative', max_length=16)),
                    ('message', models.TextField(blank=True, max_length=2000, verbose_name='a few words')),
                    ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('fingerprint', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalitions.seat')),
                    ('declined_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='WorkingGroup',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('mandate', models.TextField(blank=True, max_length=2000, verbose_name='what it may decide alone')),
                    ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seat')),
                    ('state', models.CharField(choices=[('proposed', 'Proposed'), ('chartered', 'Has a mandate'), ('active', 'At work'), ('paused', 'Pausing'), ('closed', 'Closed')], default=manyhands.foundation.coalitions.rules.GroupState['PROPOSED'], max_length=10)),
                ],
                options={
                    'ordering': ['name', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('coalition', 'name'), name='one_working_group_of_a_name')],
                },
            ),
            migrations.CreateModel(
                name='WorkingGroupSeat',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('coalition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='coalitions.workinggroup')),
                    ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.seat')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('group', 'seat'), name='one_place_per_group')],
                },
            ),
        ]),
    ]
