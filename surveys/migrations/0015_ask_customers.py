"""Adds whom we ask and how: waves, rules, messages and what became of them."""

import datetime
import django.core.validators
import django.db.models.deletion
import surveys.texts
from django.conf import settings
from django.db import migrations, models


STAGES = [
    ("prospect", "Prospect", "潜在期", "潛在期"),
    ("development", "Development", "开发期", "開發期"),
    ("growth", "Growth", "成长期", "成長期"),
    ("maturity", "Maturity", "成熟期", "成熟期"),
    ("decline", "Decline", "衰退期", "衰退期"),
    ("ending", "Ending", "终止期", "終止期"),
]
RESPONDENT_TYPES = [
    ("customer", "Customer", "客户", "客戶"),
    ("dealer", "Dealer", "经销商", "經銷商"),
    ("intermediary", "Intermediary", "中间商", "中間商"),
    ("staff", "Member of staff", "员工", "員工"),
]


def add_lists(apps, schema_editor):
    """Add each entry that is not there yet."""
    for model, entries in (("Stage", STAGES), ("RespondentType", RESPONDENT_TYPES)):
        for position, (code, *names) in enumerate(entries):
            name = dict(zip(("en", "zh-hans", "zh-hant"), names, strict=True))
            apps.get_model("surveys", model).objects.get_or_create(
                code=code, defaults={"name": name, "position": position}
            )


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0014_cover_the_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=100, unique=True, verbose_name='account number')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('asked_at', models.DateTimeField(blank=True, help_text='When somebody of the account was last asked.', null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['external_id'],
            },
        ),
        migrations.CreateModel(
            name='AttributeChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='code')),
                ('name', models.JSONField(validators=[surveys.texts.validate_texts], verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='ContactPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_days', models.PositiveSmallIntegerField(default=30, help_text='0 means no limit.', validators=[django.core.validators.MaxValueValidator(3660)], verbose_name='days between two surveys to one person')),
                ('account_days', models.PositiveSmallIntegerField(default=0, help_text='0 means no limit.', validators=[django.core.validators.MaxValueValidator(3660)], verbose_name='days between two surveys to one account')),
                ('quiet_from', models.TimeField(default=datetime.time(21, 0), verbose_name='quiet from')),
                ('quiet_until', models.TimeField(default=datetime.time(8, 0), verbose_name='quiet until')),
                ('sends_per_minute', models.PositiveIntegerField(default=300, validators=[django.core.validators.MinValueValidator(1)], verbose_name='messages a minute at most')),
            ],
        ),
        migrations.CreateModel(
            name='CustomerAttribute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name', models.JSONField(validators=[surveys.texts.validate_texts], verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('kind', models.CharField(choices=[('text', 'Text'), ('number', 'Number'), ('date', 'Date'), ('choice', 'Choice from a list')], max_length=10, verbose_name='kind')),
            ],
            options={
                'ordering': ['position', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CustomerFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('conditions', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('channel', models.CharField(choices=[('link', 'Public link'), ('email', 'E-mail'), ('sms', 'Text message'), ('qr', 'QR code'), ('phone', 'Telephone'), ('face_to_face', 'Face to face'), ('import', 'Import')], max_length=20)),
                ('due_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Failed'), ('bounced', 'Came back'), ('uncertain', 'Uncertain'), ('cancelled', 'Not needed any more')], default='queued', max_length=20, verbose_name='state')),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.TextField(blank=True)),
                ('provider_id', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'deliveries',
            },
        ),
        migrations.CreateModel(
            name='EventRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('link', 'Public link'), ('email', 'E-mail'), ('sms', 'Text message'), ('qr', 'QR code'), ('phone', 'Telephone'), ('face_to_face', 'Face to face'), ('import', 'Import')], default='email', max_length=20, verbose_name='channel')),
                ('reminder_days', models.JSONField(blank=True, default=list, help_text='Days after the invitation, ascending; only to those who have not answered.', verbose_name='reminders after days')),
                ('answer_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)], verbose_name='days to answer')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('days_after', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MaxValueValidator(366)], verbose_name='days after the event')),
                ('sends_at', models.TimeField(default=datetime.time(10, 0), verbose_name='time of day')),
                ('latest_days', models.PositiveSmallIntegerField(default=7, help_text='Events that became known later than this are not asked about.', verbose_name='at most so many days late')),
                ('events_from', models.DateField(help_text='What happened before this day is not asked about.', verbose_name='events from')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MessageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('kind', models.CharField(choices=[('invitation', 'Invitation'), ('reminder', 'Reminder')], max_length=20, verbose_name='kind')),
                ('subject', models.JSONField(default=dict, validators=[surveys.texts.validate_texts], verbose_name='subject')),
                ('body', models.JSONField(default=dict, validators=[surveys.texts.validate_texts], verbose_name='text')),
                ('sms', models.JSONField(blank=True, default=dict, validators=[surveys.texts.validate_texts], verbose_name='text message')),
                ('asks_first_question', models.BooleanField(default=False, help_text='A click chooses the answer and opens the page; nothing counts before Send.', verbose_name='first question in the mail')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('is_apart', models.BooleanField(default=True, help_text='Its answers are not counted in the general figures unless asked for.', verbose_name='reported apart')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='PanelMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='RespondentType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name', models.JSONField(validators=[surveys.texts.validate_texts], verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'ordering': ['position', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SkippedCustomer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('opted_out', 'Asked not to be surveyed'), ('asked_recently', 'Was asked not long ago'), ('account_recently', 'Somebody of the account was asked not long ago'), ('no_address', 'No address for this channel'), ('same_address', 'Somebody with the same address is asked'), ('bounced', 'Mail to the address comes back'), ('too_late', 'The event became known too late'), ('unit_closed', 'The unit is not active')], max_length=20, verbose_name='reason')),
                ('skipped_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name', models.JSONField(validators=[surveys.texts.validate_texts], verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'ordering': ['position', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StageChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_on', models.DateField()),
            ],
            options={
                'ordering': ['changed_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WaveSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('link', 'Public link'), ('email', 'E-mail'), ('sms', 'Text message'), ('qr', 'QR code'), ('phone', 'Telephone'), ('face_to_face', 'Face to face'), ('import', 'Import')], default='email', max_length=20, verbose_name='channel')),
                ('reminder_days', models.JSONField(blank=True, default=list, help_text='Days after the invitation, ascending; only to those who have not answered.', verbose_name='reminders after days')),
                ('answer_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)], verbose_name='days to answer')),
                ('population', models.CharField(choices=[('all', 'All customers'), ('filter', 'Customers of a saved filter'), ('panel', 'A panel')], default='all', max_length=10, verbose_name='who is asked')),
                ('conditions', models.JSONField(blank=True, default=dict, help_text='Those of the filter when the wave began.')),
                ('sample_size', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='how many at random')),
                ('sample_seed', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='seed')),
                ('spread_hours', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(744)], verbose_name='spread over hours')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('every', models.PositiveSmallIntegerField(default=1, verbose_name='every')),
                ('interval', models.CharField(choices=[('weeks', 'weeks'), ('months', 'months')], max_length=10)),
                ('open_days', models.PositiveSmallIntegerField(default=14, verbose_name='days open')),
                ('next_on', models.DateField(verbose_name='next wave')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='response',
            name='an_anonymous_response_has_no_path_to_a_person',
        ),
        migrations.AddField(
            model_name='customer',
            name='account_role',
            field=models.CharField(blank=True, choices=[('user', 'User'), ('influencer', 'Influencer'), ('decider', 'Decider'), ('approver', 'Approver'), ('buyer', 'Buyer'), ('gatekeeper', 'Gatekeeper')], max_length=20, verbose_name='role in the account'),
        ),
        migrations.AddField(
            model_name='customer',
            name='asked_at',
            field=models.DateTimeField(blank=True, help_text='When last asked, by whichever survey and channel.', null=True),
        ),
        migrations.AddField(
            model_name='customer',
            name='attributes',
            field=models.JSONField(blank=True, default=dict, help_text="By code of a CustomerAttribute: a text, a number, an ISO day, a choice's code.", verbose_name='attributes'),
        ),
        migrations.AddField(
            model_name='customer',
            name='email_bounced_at',
            field=models.DateTimeField(blank=True, help_text='Mail to this address comes back; a new address clears it.', null=True),
        ),
        migrations.AddField(
            model_name='customer',
            name='time_zone',
            field=models.CharField(blank=True, max_length=64, verbose_name='time zone'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='declined_at',
            field=models.DateTimeField(blank=True, help_text='When the customer refused this one survey.', null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='recipient_key',
            field=models.CharField(blank=True, help_text='Keyed hash of the address: each once per wave.', max_length=64),
        ),
        migrations.AddField(
            model_name='invitation',
            name='token_seed',
            field=models.CharField(blank=True, help_text='From it and the secret key follows the token, so that reminders have the same.', max_length=64),
        ),
        migrations.AddField(
            model_name='response',
            name='entered_by',
            field=models.ForeignKey(blank=True, help_text='Who of the staff typed it in for the customer.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='response',
            name='traits',
            field=models.JSONField(blank=True, help_text='What was known of the customer when answering; see `services/traits.py`.', null=True),
        ),
        migrations.AddField(
            model_name='segment',
            name='is_active',
            field=models.BooleanField(default=True, verbose_name='in use'),
        ),
        migrations.AddField(
            model_name='wave',
            name='answer_days',
            field=models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)], verbose_name='days to answer'),
        ),
        migrations.AddField(
            model_name='wave',
            name='channel',
            field=models.CharField(choices=[('link', 'Public link'), ('email', 'E-mail'), ('sms', 'Text message'), ('qr', 'QR code'), ('phone', 'Telephone'), ('face_to_face', 'Face to face'), ('import', 'Import')], default='email', max_length=20, verbose_name='channel'),
        ),
        migrations.AddField(
            model_name='wave',
            name='conditions',
            field=models.JSONField(blank=True, default=dict, help_text='Those of the filter when the wave began.'),
        ),
        migrations.AddField(
            model_name='wave',
            name='lease_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='wave',
            name='population',
            field=models.CharField(choices=[('all', 'All customers'), ('filter', 'Customers of a saved filter'), ('panel', 'A panel')], default='all', max_length=10, verbose_name='who is asked'),
        ),
        migrations.AddField(
            model_name='wave',
            name='recruited_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='wave',
            name='recruited_up_to',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='wave',
            name='reminder_days',
            field=models.JSONField(blank=True, default=list, help_text='Days after the invitation, ascending; only to those who have not answered.', verbose_name='reminders after days'),
        ),
        migrations.AddField(
            model_name='wave',
            name='sample_seed',
            field=models.PositiveBigIntegerField(blank=True, null=True, verbose_name='seed'),
        ),
        migrations.AddField(
            model_name='wave',
            name='sample_size',
            field=models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='how many at random'),
        ),
        migrations.AddField(
            model_name='wave',
            name='spread_hours',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(744)], verbose_name='spread over hours'),
        ),
        migrations.AddField(
            model_name='wave',
            name='started_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='wave',
            name='starts_sending_at',
            field=models.DateTimeField(blank=True, help_text='Empty = when somebody says so.', null=True, verbose_name='begins to send'),
        ),
        migrations.AddField(
            model_name='wave',
            name='state',
            field=models.CharField(choices=[('planned', 'Planned'), ('running', 'Running'), ('paused', 'Paused'), ('stopped', 'Stopped'), ('finished', 'Finished')], default='planned', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('external_id', ''), _negated=True), name='account_has_an_external_id'),
        ),
        migrations.AddField(
            model_name='customer',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='customers', to='surveys.account'),
        ),
        migrations.AddField(
            model_name='response',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='responses', to='surveys.account'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('is_anonymous', False), models.Q(('account__isnull', True), ('customer__isnull', True), ('entered_by__isnull', True), ('event__isnull', True), ('invitation__isnull', True), ('submitted_at__isnull', True), ('traits__isnull', True)), _connector='OR'), name='an_anonymous_response_has_no_path_to_a_person'),
        ),
        migrations.AddConstraint(
            model_name='contactpolicy',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_contact_policy'),
        ),
        migrations.AddConstraint(
            model_name='customerattribute',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'number', 'date', 'choice'])), name='attribute_kind_is_known'),
        ),
        migrations.AddField(
            model_name='attributechoice',
            name='attribute',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='surveys.customerattribute'),
        ),
        migrations.AddField(
            model_name='customerfilter',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wave',
            name='filter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.customerfilter'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='invitation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='surveys.invitation'),
        ),
        migrations.AddField(
            model_name='eventrule',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='eventrule',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='event_rules', to='surveys.eventkind'),
        ),
        migrations.AddField(
            model_name='eventrule',
            name='survey',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='event_rules', to='surveys.survey'),
        ),
        migrations.AddField(
            model_name='eventrule',
            name='unit',
            field=models.ForeignKey(blank=True, help_text='Only events of this unit and those below.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='event_rules', to='surveys.unit'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='rule',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='surveys.eventrule'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('wave__isnull', False), models.Q(('recipient_key', ''), _negated=True)), fields=('wave', 'recipient_key'), name='an_address_is_asked_once_per_wave'),
        ),
        migrations.AddField(
            model_name='messagetext',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='messagetext',
            name='replaced_by',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaces', to='surveys.messagetext'),
        ),
        migrations.AddField(
            model_name='messagetext',
            name='survey',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='message_texts', to='surveys.survey'),
        ),
        migrations.AddField(
            model_name='eventrule',
            name='reminder_text',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.messagetext'),
        ),
        migrations.AddField(
            model_name='eventrule',
            name='text',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.messagetext'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='text',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='surveys.messagetext'),
        ),
        migrations.AddField(
            model_name='wave',
            name='reminder_text',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.messagetext'),
        ),
        migrations.AddField(
            model_name='wave',
            name='text',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.messagetext'),
        ),
        migrations.AddField(
            model_name='wave',
            name='panel',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.panel'),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.customer'),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='panel',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='surveys.panel'),
        ),
        migrations.AddField(
            model_name='panel',
            name='customers',
            field=models.ManyToManyField(related_name='panels', through='surveys.PanelMember', to='surveys.customer'),
        ),
        migrations.AddField(
            model_name='customer',
            name='respondent_type',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='customers', to='surveys.respondenttype'),
        ),
        migrations.AddField(
            model_name='skippedcustomer',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skipped', to='surveys.customer'),
        ),
        migrations.AddField(
            model_name='skippedcustomer',
            name='event',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='skipped', to='surveys.event'),
        ),
        migrations.AddField(
            model_name='skippedcustomer',
            name='survey',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skipped_customers', to='surveys.survey'),
        ),
        migrations.AddField(
            model_name='skippedcustomer',
            name='wave',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='skipped_customers', to='surveys.wave'),
        ),
        migrations.AddField(
            model_name='customer',
            name='stage',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='customers', to='surveys.stage'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['phone'], name='surveys_cus_phone_55fdf6_idx'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('account_role', ''), ('account__isnull', False), _connector='OR'), name='a_role_is_one_in_an_account'),
        ),
        migrations.AddField(
            model_name='stagechange',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stage_changes', to='surveys.customer'),
        ),
        migrations.AddField(
            model_name='stagechange',
            name='stage',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.stage'),
        ),
        migrations.AddField(
            model_name='waveseries',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='waveseries',
            name='filter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.customerfilter'),
        ),
        migrations.AddField(
            model_name='waveseries',
            name='panel',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.panel'),
        ),
        migrations.AddField(
            model_name='waveseries',
            name='reminder_text',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.messagetext'),
        ),
        migrations.AddField(
            model_name='waveseries',
            name='survey',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wave_series', to='surveys.survey'),
        ),
        migrations.AddField(
            model_name='waveseries',
            name='text',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.messagetext'),
        ),
        migrations.AddField(
            model_name='wave',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='waves', to='surveys.waveseries'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.UniqueConstraint(condition=models.Q(('series__isnull', False)), fields=('series', 'starts_on'), name='a_series_has_one_wave_a_day'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'running', 'paused', 'stopped', 'finished'])), name='wave_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='attributechoice',
            constraint=models.UniqueConstraint(fields=('attribute', 'code'), name='a_choice_is_listed_once_per_attribute'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['due_at'], name='delivery_waiting_idx'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'sending')), fields=['lease_until'], name='delivery_sending_idx'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('invitation', 'number'), name='a_message_of_an_invitation_is_sent_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'failed', 'bounced', 'uncertain', 'cancelled'])), name='delivery_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='panelmember',
            constraint=models.UniqueConstraint(fields=('panel', 'customer'), name='a_customer_is_in_a_panel_once'),
        ),
        migrations.AddIndex(
            model_name='skippedcustomer',
            index=models.Index(fields=['survey', 'reason'], name='skipped_by_reason_idx'),
        ),
        migrations.AddConstraint(
            model_name='skippedcustomer',
            constraint=models.UniqueConstraint(condition=models.Q(('wave__isnull', False)), fields=('wave', 'customer'), name='a_customer_is_skipped_once_per_wave'),
        ),
        migrations.AddConstraint(
            model_name='skippedcustomer',
            constraint=models.UniqueConstraint(condition=models.Q(('event__isnull', False)), fields=('survey', 'event'), name='a_customer_is_skipped_once_per_event'),
        ),
        migrations.AddConstraint(
            model_name='skippedcustomer',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['opted_out', 'asked_recently', 'account_recently', 'no_address', 'same_address', 'bounced', 'too_late', 'unit_closed'])), name='skip_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='waveseries',
            constraint=models.CheckConstraint(condition=models.Q(('every__gte', 1), ('open_days__gte', 1)), name='a_series_goes_on'),
        ),
        migrations.RunPython(add_lists, migrations.RunPython.noop),
    ]
