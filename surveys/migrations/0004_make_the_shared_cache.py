"""Makes the table of the shared cache, so that no installation needs a command of its own."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    """Make the table unless it is there."""
    call_command(
        "createcachetable", "shared_cache", database=schema_editor.connection.alias, verbosity=0
    )


def drop_table(apps, schema_editor):
    """Drop the table; it holds nothing that lasts."""
    schema_editor.execute("DROP TABLE IF EXISTS shared_cache")


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_freeze_title_and_keep_removed_parts")]

    operations = [migrations.RunPython(make_table, drop_table)]
