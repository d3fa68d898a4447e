"""What the database refuses: an attempt for each constraint, by its name."""

from tests import factories

FORBIDDEN = {}


def refused(name):
    """Marks a function that tries what the constraint `name` forbids."""

    def keep(attempt):
        FORBIDDEN[name] = attempt
        return attempt

    return keep


def make_response():
    """A response to a new survey."""
    return factories.make_response(factories.make_published_survey(), {"overall": "5"})
