"""The sign of life of the job worker."""

from django.db import models


class WorkerHeartbeat(models.Model):
    """When some worker last showed that it works; there is one row."""

    beat_at = models.DateTimeField()

    def __str__(self):
        return f"{self.beat_at:%Y-%m-%d %H:%M:%S}"
