from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0011_count_visits_and_flag_answers")]

    operations = [
        migrations.AlterField(
            model_name="responsedraft",
            name="answers",
            field=models.JSONField(default=dict, help_text="Of the pages that were sent."),
        ),
        migrations.AddField(
            model_name="responsedraft",
            name="unsent",
            field=models.JSONField(
                default=dict, help_text="Of pages that are still being filled in."
            ),
        ),
    ]
