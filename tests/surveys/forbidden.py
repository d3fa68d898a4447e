"""What the database refuses: an attempt for each constraint, by its name."""

FORBIDDEN = {}


def refused(name):
    """Marks a function that tries what the constraint `name` forbids."""

    def keep(attempt):
        FORBIDDEN[name] = attempt
        return attempt

    return keep
