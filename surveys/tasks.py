"""Work of the background; the queue only wakes a worker, the rows say what is due."""

from django_tasks import task

from surveys.services.import_work import work_on_import


@task()
def import_file_task(pk):
    """Check or import one file."""
    work_on_import(pk)
