"""Reading a survey file of any kind into a checked document, a report and suggestions."""

import hashlib
import logging
from dataclasses import dataclass, field
from pathlib import PurePath

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext as _

from surveys.definitions.document import checked_document
from surveys.errors import InvalidDefinition
from surveys.imports.errors import FileRefused

from . import limesurvey, qualtrics, xlsform
from .mapping import document_of
from .measures import suggestions_for
from .opening import open_survey_file

OWN = "Topbox"
TOOLS = {".lss": limesurvey, ".qsf": qualtrics, ".xlsx": xlsform}
MALFORMED = (
    *(AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError),
    SuspiciousOperation,  # of markup that is nested without end
)

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class ReadSurvey:
    """What a file holds: a checked document, what became of its parts, measures to confirm."""

    file: str
    tool: str
    document: dict
    lines: list = field(default_factory=list)
    suggestions: list = field(default_factory=list)
    digest: str = ""

    @property
    def is_own(self):
        """Whether the file is a document of ours, of which nothing is lost."""
        return self.tool == OWN


def read_survey_file(content, name, *, fallback_language="en"):
    """Read a survey file; raises `FileRefused` with one sentence, and then nothing was kept.

    `fallback_language` is taken where a file does not say in which language it is.
    """
    suffix, held = open_survey_file(content, name)
    read = read_held(held, suffix, PurePath(name).name, fallback_language=fallback_language)
    read.digest = hashlib.sha256(content).hexdigest()
    return read


def read_held(held, suffix, name, *, fallback_language="en"):
    """Read what an opened file holds; raises `FileRefused`."""
    if suffix == ".json":
        return ReadSurvey(name, OWN, _own_document(held, name))
    try:
        outline = TOOLS[suffix].outline_of(held, fallback_language=fallback_language)
        mapped = document_of(outline, name=PurePath(name).stem)
    except InvalidDefinition as mistake:
        raise FileRefused(f"{name}: {mistake}") from None
    except MALFORMED as error:
        # Files of other tools can be malformed in more ways than can be listed.
        logger.info("A survey file is not of its tool's form: %r", error)
        raise FileRefused(
            _("%(file)s is not of the form that its tool exports.") % {"file": name}
        ) from None
    document = _checked(mapped.document, name)
    return ReadSurvey(name, outline.tool, document, mapped.lines, suggestions_for(document))


def _own_document(held, name):
    if isinstance(held, dict):
        held.pop("template", None)  # what a file of ready questions says about itself
    return _checked(held, name)


def _checked(document, name):
    try:
        return checked_document(document)
    except InvalidDefinition as mistake:
        raise FileRefused(f"{name}: {mistake}") from None
