"""Keeping what a customer has answered so far, page by page."""

from django.db import IntegrityError, transaction

from surveys.errors import ForeignSubmission
from surveys.models import ResponseDraft


def save_draft(
    *, questionnaire, submission_id, answers, language, public_link=None, invitation=None
) -> ResponseDraft:
    """Add the answers of one page to the draft, which is made when there is none.

    Exactly one of `public_link` and `invitation` is given. A personal link has
    one draft, whichever device it is opened on: the second device adds to what
    the first has saved, and takes over its submission id. Raises
    `ForeignSubmission` when the id belongs to another link.
    """
    identity, rest = {"submission_id": submission_id}, {"public_link": public_link}
    if invitation is not None:
        identity, rest = {"invitation": invitation}, {"submission_id": submission_id}
    fresh = {"version_id": questionnaire.version_id, "answers": answers, "language": language}
    try:
        with transaction.atomic(durable=True):
            draft, is_new = ResponseDraft.objects.select_for_update().get_or_create(
                **identity, defaults=rest | fresh
            )
            if not is_new:
                _add(draft, public_link, fresh)
    except IntegrityError as error:
        raise ForeignSubmission("Another link began answers under this id.") from error
    return draft


def _add(draft, public_link, fresh):
    """Write one more page into a draft that this transaction holds."""
    if public_link is not None and draft.public_link_id != public_link.pk:
        raise ForeignSubmission("Another link began answers under this id.")
    draft.version_id = fresh["version_id"]
    draft.answers = draft.answers | fresh["answers"]
    draft.language = fresh["language"]
    draft.save(update_fields=["version", "answers", "language", "updated_at"])
