from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0015_ask_customers'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='survey',
            name='survey_kind_is_known',
        ),
        migrations.AddField(
            model_name='question',
            name='expectation',
            field=models.CharField(blank=True, choices=[('', 'Not marked'), ('basic', 'Basic expectation'), ('latent', 'Latent expectation')], default='', help_text='For an attribute: whether it is taken for granted, or delights.', max_length=10, verbose_name='expectation'),
        ),
        migrations.AlterField(
            model_name='survey',
            name='kind',
            field=models.CharField(choices=[('relationship', 'Relationship survey'), ('transactional', 'Transactional survey'), ('employee', 'Employee survey')], max_length=20, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('expectation', ''), models.Q(('expectation__in', ['basic', 'latent']), ('role__in', ['attribute', 'against_expectation'])), _connector='OR'), name='expectation_belongs_to_items'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['relationship', 'transactional', 'employee'])), name='survey_kind_is_known'),
        ),
    ]
