import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('coalitions', '0001_initial'),
        ('stakeholders', '0003_ties'),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='invitation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalitions.invitation'),
        ),
        migrations.AddField(
            model_name='invitedcontribution',
            name='chosen_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
