"""Keeping what a customer has answered so far, page by page."""

from dataclasses import replace

from django.db import IntegrityError, transaction

from surveys.errors import ForeignSubmission
from surveys.models import ResponseDraft

from .visits import FIRST_PAGE, UNKNOWN_OPENING, count_started


def save_draft(
    *,
    questionnaire,
    submission_id,
    answers,
    language,
    is_sent=True,
    public_link=None,
    invitation=None,
    opening=UNKNOWN_OPENING,
    way=FIRST_PAGE,
) -> ResponseDraft:
    """Add the answers of one page to the draft, which is made when there is none.

    `is_sent` is false for what was typed on a page that is still open: it is
    shown again, and the page does not count as answered.

    Exactly one of `public_link` and `invitation` is given. A personal link has
    one draft, whichever device it is opened on: the second device adds to what
    the first has saved, and takes over its submission id. `way` leads to the
    page that is shown next; without an `opening` no visit is counted. Raises
    `ForeignSubmission` when the id belongs to another link.
    """
    identity, rest = {"submission_id": submission_id}, {"public_link": public_link}
    if invitation is not None:
        identity, rest = {"invitation": invitation}, {"submission_id": submission_id}
    fresh = {"version_id": questionnaire.version_id, "language": language}
    first = {
        "answers" if is_sent else "unsent": answers,
        "opened_at": opening and opening.opened_at,
    }
    door = invitation or public_link
    try:
        with transaction.atomic(durable=True):
            draft, is_new = ResponseDraft.objects.select_for_update().get_or_create(
                **identity, defaults=rest | fresh | first
            )
            if not is_new:
                _add(draft, public_link, answers, is_sent, fresh)
            if opening and (is_new or way.reached > 1):
                visit_id = count_started(
                    survey=door.survey,
                    version_id=draft.version_id,
                    opening=replace(opening, visit_id=draft.visit_id or opening.visit_id),
                    way=way,
                    public_link=public_link,
                    invitation=invitation,
                )
                _remember_visit(draft, visit_id)
    except IntegrityError as error:
        raise ForeignSubmission("Another link began answers under this id.") from error
    return draft


def _remember_visit(draft, visit_id):
    """Let the next page belong to the same visit."""
    if visit_id != draft.visit_id:
        draft.visit_id = visit_id
        draft.save(update_fields=["visit"])


def _add(draft, public_link, answers, is_sent, fresh):
    """Write one more page into a draft that this transaction holds."""
    if public_link is not None and draft.public_link_id != public_link.pk:
        raise ForeignSubmission("Another link began answers under this id.")
    draft.version_id = fresh["version_id"]
    unsent = _without(draft.unsent, answers)
    if is_sent:
        draft.answers, draft.unsent = draft.answers | answers, unsent
    else:
        draft.unsent = unsent | answers
    draft.language = fresh["language"]
    draft.save(update_fields=["version", "answers", "unsent", "language", "updated_at"])


def _without(unsent, answers):
    """What was typed, without the questions that `answers` are about; a part belongs to its key."""
    questions = {key.partition(".")[0] for key in answers}
    return {key: one for key, one in unsent.items() if key.partition(".")[0] not in questions}
