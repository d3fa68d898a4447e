"""Questions that can be taken into a draft: those of the ready templates and own saved ones."""

import json
from dataclasses import dataclass

from surveys.definitions.document import checked_question
from surveys.enums import MeasureRole, QuestionType
from surveys.models import SavedQuestion
from surveys.texts import text_in

from .survey_templates import survey_templates


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """A question to take; `code` names it, `origin` says where it is from."""

    code: str
    definition: dict
    origin: dict
    saved_id: int | None = None

    @property
    def text(self):
        """What it asks, by language."""
        return self.definition["text"]

    @property
    def type_label(self):
        """How it is answered."""
        return QuestionType(self.definition["type"]).label

    @property
    def role_label(self):
        """What it measures, or ""."""
        role = self.definition["role"]
        return MeasureRole(role).label if role else ""

    def mentions(self, words):
        """Whether these words stand in its text, its answers or its origin, in any language."""
        texts = [self.definition["text"], self.definition["choices"], self.origin]
        return words.casefold() in json.dumps(texts, ensure_ascii=False).casefold()


def question_library():
    """Every question that can be taken, own ones first; what asks the same stands there once."""
    return [*_saved(), *_ready()]


def library_questions(codes):
    """The questions with these codes, in the order of the library."""
    return [question for question in question_library() if question.code in codes]


def _saved():
    for saved in SavedQuestion.objects.all():
        yield LibraryQuestion(
            code=f"saved:{saved.pk}",
            definition=checked_question(saved.document),
            origin={},
            saved_id=saved.pk,
        )


def _ready():
    seen = set()
    for template in survey_templates():
        for section in template.document["sections"]:
            for question in section["questions"]:
                same = (text_in(question["text"], "en"), question["type"])
                if same not in seen:
                    seen.add(same)
                    code = f"{template.code}:{question['key']}"
                    yield LibraryQuestion(code, question, template.name)
