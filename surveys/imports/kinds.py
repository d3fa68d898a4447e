"""Which importer reads which kind of file."""

from surveys.enums import ImportKind

from .accounts import AccountImporter
from .customers import CustomerImporter
from .events import EventImporter
from .responses import ResponseImporter
from .units import UnitImporter

IMPORTERS = {
    ImportKind.UNITS: UnitImporter,
    ImportKind.ACCOUNTS: AccountImporter,
    ImportKind.CUSTOMERS: CustomerImporter,
    ImportKind.EVENTS: EventImporter,
}


def importer_of(kind, survey=None):
    """A new importer; responses are those of a survey."""
    if kind == ImportKind.RESPONSES:
        return ResponseImporter(survey)
    return IMPORTERS[kind]()


def importer_for(run):
    """A new importer of the kind of a run."""
    return importer_of(run.kind, run.survey)
