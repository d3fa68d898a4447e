"""Many designers save one draft at the same moment; how many edits get lost?

Run as a program on the migrated database that DATABASE_URL names:
``python -m tests.faults.draft_race ROUNDS [unprotected]`` prints one JSON object.
"""

import json
import os
import sys
import threading
from contextlib import contextmanager

EDITORS = 2


@contextmanager
def unguarded(version, revision):
    """The control: a change that does not look at the revision."""
    from django.db import transaction

    with transaction.atomic():
        yield


def race(rounds, *, protected=True):
    """Let editors save the same question at once; counts what was told and what was lost."""
    from surveys.services import draft_questions
    from tests import factories

    guarded = draft_questions.editing
    if not protected:
        draft_questions.editing = unguarded
    try:
        draft = factories.make_draft(factories.make_survey())
        counts = {"saved": 0, "told": 0, "lost": 0}
        for number in range(rounds):
            _one_round(draft, number, counts)
        return counts
    finally:
        draft_questions.editing = guarded


def _one_round(draft, number, counts):
    from surveys.services.definitions import export_question

    draft.refresh_from_db()
    question = draft.questions.get(key="staff")
    definition = export_question(question)
    start, outcomes = threading.Barrier(EDITORS), {}
    editors = [
        threading.Thread(target=_save, args=(draft, definition, text, start, outcomes))
        for text in (f"round {number} editor {editor}" for editor in range(EDITORS))
    ]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    question.refresh_from_db()
    saved = [text for text, outcome in outcomes.items() if outcome == "saved"]
    counts["saved"] += len(saved)
    counts["told"] += list(outcomes.values()).count("told")
    counts["lost"] += sum(text != question.text["en"] for text in saved)


def _save(draft, definition, text, start, outcomes):
    from django.db import connection

    from surveys.errors import DraftChangedMeanwhile
    from surveys.models import SurveyVersion
    from surveys.services.draft_questions import change_question

    try:
        version = SurveyVersion.objects.get(pk=draft.pk)
        question = version.questions.get(key="staff")
        start.wait(timeout=20)
        change_question(
            version=version,
            revision=draft.revision,
            question=question,
            definition=definition | {"text": {"en": text}},
        )
        outcomes[text] = "saved"
    except DraftChangedMeanwhile:
        outcomes[text] = "told"
    finally:
        connection.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    print(json.dumps(race(int(sys.argv[1]), protected="unprotected" not in sys.argv)))
