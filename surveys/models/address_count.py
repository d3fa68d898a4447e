"""How often a network address did something just now, without the address."""

from django.db import models


class AddressCount(models.Model):
    """A count for a minute; its key is a keyed hash that is another one each minute."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.key[:6]}: {self.count}"
