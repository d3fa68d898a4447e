"""Answering: a page is shown, sent, kept, and at the end stored once.

A GET writes nothing. A page that is sent carries a random submission id, so
that the last step can be repeated at will: `services/submit_response.py`
stores one response, and each repetition is led to the same thank-you page.
What was answered on earlier pages waits in a draft on the server.
"""

import uuid

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import translation

from surveys.errors import (
    AlreadyAnswered,
    ChangedMeanwhile,
    InvalidAnswers,
    NotAnswerable,
    SubmissionConflict,
    UnknownLink,
)
from surveys.question_types import was_shown
from surveys.questionnaire import frozen_questionnaire
from surveys.rules.route import Route
from surveys.selectors.circumstances import circumstances_of
from surveys.selectors.doors import newest_version, version_to_answer
from surveys.services.change_response import change_response
from surveys.services.save_draft import save_draft
from surveys.services.submit_response import submit_response
from surveys.services.visits import FIRST_PAGE, Way
from surveys.validators import read_answers, storable_answers

from .doors import PersonalDoor
from .kiosk import found_wrong, is_fresh, lead_back
from .public import TRAP, open_public_door, refuse_flood
from .refusals import UNAVAILABLE, ask_later, respondent_page
from .sheet import Sheet, page_language, typed_words
from .thanks import render_thanks
from .visits import sent_by, uuid_or_none

DRAFT_COOKIE = "answers"
DRAFT_SECONDS = 30 * 24 * 3600


@respondent_page
def respond_public(request, slug, submission_id=None, page=None):
    """Answer by a public link."""
    door = open_public_door(request, slug)
    refuse_flood(request)
    return answer_page(request, door, page, submission_id)


@respondent_page
def respond_personal(request, token, page=None):
    """Answer by a personal link."""
    return answer_page(request, PersonalDoor(token), page)


@respondent_page
def thanks_public(request, slug, submission_id):
    """Say that the answers sent under this id are saved."""
    return _thank(request, open_public_door(request, slug), _id_in_address(submission_id))


@respondent_page
def thanks_personal(request, token):
    """Say that the answers sent by this link are saved."""
    return _thank(request, PersonalDoor(token))


def answer_page(request, door, page, submission_id=None):
    """Show or take one page of the questionnaire behind a door."""
    number = 1 if page is None else _number_in_address(page)
    if request.method == "POST":
        return _say_where(request, _take(request, door, number))
    return _show(request, door, number, _id_in_address(submission_id), is_start=page is None)


def _say_where(request, reply):
    """Where to go on, for the script: a redirection would hide the address from it."""
    if reply.status_code == 303 and "_script" in request.POST:
        reply.status_code = 201
    return reply


def _show(request, door, number, submission_id, *, is_start):
    """A page, with what was saved of it."""
    door.refuse_if_closed(to_change=True)
    if door.is_kiosk and not is_start and not is_fresh(request):
        return HttpResponseRedirect(door.start_url)
    draft, earlier = door.draft(submission_id or _id_in_cookie(request, door)), door.earlier
    door.replaces = earlier and earlier.submission_id
    begun = draft or earlier
    if begun is None and not is_start:
        is_stored = door.stored(submission_id) is not None
        return HttpResponseRedirect(door.thanks_url(submission_id) if is_stored else door.start_url)
    version = version_to_answer(door.survey, version_id=begun and begun.version_id)
    sheet = Sheet(request, door, version, number, draft=draft, earlier=earlier)
    answers = _saved(door, draft and draft.filled_in) | sheet.picked_in_link(request.GET)
    submission_id = draft.submission_id if draft else uuid.uuid4()
    sheet.follow(answers)
    if not sheet.route.has(sheet.number):
        beside = sheet.route.after(sheet.number) or sheet.route.before(sheet.number)
        if not is_start:
            return HttpResponseRedirect(door.page_url(submission_id, beside))
        sheet.number = beside
    if draft is not None:
        sheet.continue_draft(draft)
        if errors := sheet.asked(found_wrong(request, sheet, answers)) if door.is_kiosk else {}:
            return sheet.render(submission_id, answers, errors=errors, status=422)
        return sheet.render(submission_id, answers, resumes=is_start)
    visit_url = "" if earlier else door.visit_url(uuid.uuid4())
    return sheet.render(submission_id, answers, visit_url=visit_url)


def _take(request, door, number):
    """A page that was sent; when it is refused, whoever wrote it sees once more what they wrote."""
    try:
        return _take_page(request, door, number)
    except NotAnswerable as refusal:
        if not (door.is_kiosk or "_typed" in request.POST):
            refusal.typed = typed_words(request, door, number)
        raise


def _take_page(request, door, number):
    submission_id, seen = _id_in_form(request), _version_in_form(request)
    if door.was_answered:
        door.replaces = uuid_or_none(request.POST.get("_replaces", ""))
    try:
        door.refuse_if_closed(to_change=door.replaces is not None)
        version = version_to_answer(door.survey, number=seen)
    except NotAnswerable:
        if stored := door.stored(submission_id):
            return _repeat(request, door, number, submission_id, stored)
        raise
    sheet = Sheet(request, door, version, number)
    answers, errors = sheet.read(request.POST)
    if "_typed" in request.POST:
        return _keep_typed(sheet, submission_id, answers)
    try:
        draft = None if sheet.is_only else door.draft(submission_id)
        saved = _saved(door, draft and draft.answers)
        sheet.follow(saved)
        if "_language" in request.POST:
            return _show_again(sheet, submission_id, saved | answers)
        if not sheet.is_only and draft is None and (stored := door.stored(submission_id)):
            return _repeat(request, door, number, submission_id, stored)
        if draft is not None:
            submission_id = draft.submission_id
            sheet.continue_draft(draft)
        answers, errors = sheet.asked(answers), sheet.asked(errors)
        if "_back" in request.POST and (before := sheet.route.before(number)):
            taken = {key: answer for key, answer in answers.items() if key not in errors}
            return _keep(sheet, submission_id, taken, lead_to=before)
        sheet.follow(saved | answers)
        following = sheet.route.after(number)
        if errors or following is None:
            return _finish(request, sheet, submission_id, saved | answers, errors)
        return _keep(sheet, submission_id, answers, lead_to=following)
    except UNAVAILABLE:
        return ask_later(sheet.render_unstored(submission_id, answers))


def _saved(door, in_draft):
    """What is known so far: the answers that are being changed, and over them the draft's."""
    before = door.earlier.answers if door.replaces else {}
    return before | (in_draft or {})


def _keep(sheet, submission_id, answers, *, lead_to):
    """Save one page of several and lead to another."""
    way = Way(lead_to, tuple(sheet.route.passed_over_before(lead_to)))
    draft = _save(sheet, submission_id, answers, way=way)
    address = sheet.door.page_url(draft.submission_id, lead_to)
    return _remember(HttpResponseRedirect(address, status=303), sheet.door, draft)


def _keep_typed(sheet, submission_id, answers):
    """Save what stands on a page that is still being filled in; the script asks for this.

    The reply says by its status whether all of it was kept, and shows nothing.
    """
    door = sheet.door
    is_begun = door.replaces or door.draft(submission_id) is not None
    if not is_begun and door.stored(submission_id):
        raise AlreadyAnswered("What was typed comes after the answers were sent.")
    kept = storable_answers(answers)
    draft = _save(sheet, submission_id, kept, is_sent=False)
    return _remember(HttpResponse(status=204 if kept == answers else 422), door, draft)


def _remember(response, door, draft):
    """Let the browser find what was begun by a public link."""
    if door.cookie_path:
        response.set_cookie(
            DRAFT_COOKIE,
            str(draft.submission_id),
            max_age=DRAFT_SECONDS,
            path=door.cookie_path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _save(sheet, submission_id, answers, *, is_sent=True, way=FIRST_PAGE):
    return save_draft(
        questionnaire=sheet.questionnaire,
        submission_id=submission_id,
        answers=answers,
        language=sheet.language,
        is_sent=is_sent,
        opening=None if sheet.door.replaces else sheet.opening,  # a change is no new visit
        way=way,
        **sheet.door.given_to_service,
    )


def _finish(request, sheet, submission_id, answers, errors):
    """Store the answers and lead to the thank-you page, or show what is missing."""
    if errors:
        return _show_again(sheet, submission_id, answers, errors)
    try:
        with translation.override(sheet.language):
            _store(request, sheet, submission_id, answers)
    except InvalidAnswers as refusal:  # on an earlier page, left out or reached by its address
        draft = _save(sheet, submission_id, answers)
        sheet.number = sheet.first_wrong(refusal.errors)
        return _show_again(sheet, draft.submission_id, answers, refusal.errors)
    except ChangedMeanwhile as refusal:
        sheet.door.replaces = refusal.current
        return sheet.render_changed_meanwhile(submission_id, answers)
    return _lead_to_thanks(request, sheet.door, submission_id)


def _show_again(sheet, submission_id, answers, errors=None):
    """The page that was sent, with what is wrong with it."""
    if sheet.door.is_kiosk:
        return lead_back(sheet, _save(sheet, submission_id, answers), check=bool(errors))
    status = 422 if errors else 200
    return sheet.render(submission_id, answers, errors=errors, status=status)


def _store(request, sheet, submission_id, answers):
    """Store a first answer, or put it in the place of the one that it changes."""
    sent = {
        "questionnaire": sheet.questionnaire,
        "submission_id": submission_id,
        "answers": answers,
        "language": sheet.language,
        **sheet.door.given_to_service,
    }
    if sheet.door.replaces:
        change_response(replaces=sheet.door.replaces, **sent)
    else:
        submit_response(
            may_have_draft=sheet.door.is_kiosk or sheet.may_have_draft,
            is_suspected_bot=request.POST.get(TRAP, "") != "",
            opening=sent_by(request, sheet.opening),
            **sent,
        )


def _repeat(request, door, number, submission_id, stored):
    """Lead a repeated page to the thank-you page; raise when it came with other answers."""
    if stored.submission_id != submission_id:
        if stored.revisions.filter(submission_id=submission_id).exists():
            return _lead_to_thanks(request, door, submission_id)
        raise AlreadyAnswered("This personal link was already answered.")
    pages = frozen_questionnaire(stored.version_id).pages
    questions = pages[number - 1].questions if number <= len(pages) else ()
    questions = [question for question in questions if was_shown(question, stored.answers)]
    answers = read_answers(questions, request.POST)
    if any(stored.answers.get(key) != answer for key, answer in answers.items()):
        raise SubmissionConflict("This questionnaire was already sent with other answers.")
    return _lead_to_thanks(request, door, submission_id)


def _lead_to_thanks(request, door, submission_id):
    response = HttpResponseRedirect(door.thanks_url(submission_id), status=303)
    if DRAFT_COOKIE in request.COOKIES:
        response.delete_cookie(DRAFT_COOKIE, path=door.start_url, samesite="Lax")
    return response


def _thank(request, door, submission_id=None):
    """The page that says that the answers are saved, as often as it is asked for."""
    stored = door.stored(submission_id)
    if stored is None and not door.was_answered:
        door.refuse_if_closed()
        return HttpResponseRedirect(door.start_url)
    if door.is_kiosk and not is_fresh(request):
        return HttpResponseRedirect(door.start_url)
    version_id = stored.version_id if stored else newest_version(door.survey).pk
    questionnaire = frozen_questionnaire(version_id)
    language = page_language(request, questionnaire, stored and stored.language)
    route = Route(
        questionnaire,
        stored.answers if stored else {},
        lambda: circumstances_of(language=language, **door.given_to_service),
    )
    return render_thanks(door, submission_id, route, language)


def _id_in_address(text):
    """The submission id in an address, or None where the address has none."""
    if text is None:
        return None
    if found := uuid_or_none(text):
        return found
    raise UnknownLink("No answers have this address.")


def _id_in_cookie(request, door):
    """The submission id of what was begun in this browser, unless a new start is wanted."""
    if "new" in request.GET or door.is_kiosk:
        return None
    return uuid_or_none(request.COOKIES.get(DRAFT_COOKIE, ""))


def _id_in_form(request):
    """The submission id that the page carried."""
    if found := uuid_or_none(request.POST.get("_id", "")):
        return found
    raise BadRequest("The page was sent without its submission id.")


def _version_in_form(request):
    """The number of the version that the page showed."""
    number = request.POST.get("_version", "")
    if number.isascii() and number.isdigit() and len(number) < 10:
        return int(number)
    raise BadRequest("The page was sent without the number of its version.")


def _number_in_address(text):
    """A page number, counted from 1."""
    if text.isascii() and text.isdigit() and len(text) < 5 and int(text) > 0:
        return int(text)
    raise UnknownLink("No page has this address.")
