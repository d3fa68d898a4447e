"""What the attacks need: a database of their own in which every answer is committed."""

from tests.jobs.conftest import own_database  # noqa: F401
