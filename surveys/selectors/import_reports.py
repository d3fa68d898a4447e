"""What became of the survey files that versions were made from."""

from collections import Counter

from surveys.enums import Fate
from surveys.models import ImportReport


def import_reports_of(survey):
    """The reports of a survey's versions, the newest first."""
    return ImportReport.objects.filter(version__survey=survey).select_related(
        "version", "imported_by"
    )


def counted(lines):
    """How many lines were kept, approximated and dropped, in words; `lines` as they are stored."""
    found = Counter(line["fate"] for line in lines)
    return [(fate, found[fate]) for fate in Fate]
