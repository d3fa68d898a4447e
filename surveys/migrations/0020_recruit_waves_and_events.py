"""Adds how far a wave is recruited, and when rules and reminders were last looked after."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0019_keep_import_runs'),
    ]

    operations = [
        migrations.AddField(
            model_name='eventrule',
            name='looked_at',
            field=models.DateTimeField(blank=True, help_text='When the worker last looked for events.', null=True),
        ),
        migrations.AddField(
            model_name='eventrule',
            name='reminded_at',
            field=models.DateTimeField(blank=True, help_text='When the worker last looked for reminders.', null=True),
        ),
        migrations.AddField(
            model_name='wave',
            name='drawn_up_to',
            field=models.CharField(blank=True, help_text='The last lot that a random selection takes.', max_length=64),
        ),
        migrations.AddField(
            model_name='wave',
            name='reminded_at',
            field=models.DateTimeField(blank=True, help_text='When the worker last looked for reminders.', null=True),
        ),
        migrations.AddField(
            model_name='wave',
            name='to_recruit',
            field=models.PositiveIntegerField(blank=True, help_text='How many were to be looked at when it began.', null=True),
        ),
        migrations.AddField(
            model_name='waveseries',
            name='counted_from',
            field=models.DateField(blank=True, help_text='The day that the steps count from: 31 January stays 31.', null=True),
        ),
    ]
