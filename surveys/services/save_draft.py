"""Keeping what a customer has answered so far, page by page."""

from dataclasses import replace

from django.db import IntegrityError, transaction

from surveys.errors import ForeignSubmission
from surveys.models import ResponseDraft

from .visits import UNKNOWN_OPENING, count_started


def save_draft(
    *,
    questionnaire,
    submission_id,
    answers,
    language,
    public_link=None,
    invitation=None,
    opening=UNKNOWN_OPENING,
    reached=1,
) -> ResponseDraft:
    """Add the answers of one page to the draft, which is made when there is none.

    Exactly one of `public_link` and `invitation` is given. A personal link has
    one draft, whichever device it is opened on: the second device adds to what
    the first has saved, and takes over its submission id. `reached` is the
    page that is shown next. Raises `ForeignSubmission` when the id belongs to
    another link.
    """
    identity, rest = {"submission_id": submission_id}, {"public_link": public_link}
    if invitation is not None:
        identity, rest = {"invitation": invitation}, {"submission_id": submission_id}
    fresh = {"version_id": questionnaire.version_id, "answers": answers, "language": language}
    door = invitation or public_link
    try:
        with transaction.atomic(durable=True):
            draft, is_new = ResponseDraft.objects.select_for_update().get_or_create(
                **identity, defaults=rest | fresh | {"opened_at": opening.opened_at}
            )
            if not is_new:
                _add(draft, public_link, fresh)
            if is_new or reached > 1:
                visit_id = count_started(
                    survey=door.survey,
                    version_id=draft.version_id,
                    opening=replace(opening, visit_id=draft.visit_id or opening.visit_id),
                    reached=reached,
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


def _add(draft, public_link, fresh):
    """Write one more page into a draft that this transaction holds."""
    if public_link is not None and draft.public_link_id != public_link.pk:
        raise ForeignSubmission("Another link began answers under this id.")
    draft.version_id = fresh["version_id"]
    draft.answers = draft.answers | fresh["answers"]
    draft.language = fresh["language"]
    draft.save(update_fields=["version", "answers", "language", "updated_at"])
