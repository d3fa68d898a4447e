"""One page of a questionnaire for one request: its language, its questions, how it is shown."""

from django.utils import translation
from django.utils.translation import gettext as _

from surveys.errors import NothingToAsk, UnknownLink
from surveys.languages import choose_language
from surveys.question_types import handler_of, was_shown
from surveys.questionnaire import frozen_questionnaire
from surveys.rules.piping import answer_in_words
from surveys.rules.reach import asked_entries
from surveys.rules.route import Route
from surveys.selectors.circumstances import circumstances_of
from surveys.validators import errors_in, read_answers

from .moments import in_words
from .pages import render_questionnaire_page
from .visits import hidden_fields_of, opening_of, opening_with_draft

KEPT = "_kept"  # says that something of a questionnaire of one page may wait in a draft


class Sheet:
    """What a door shows on one page, and what was written on it."""

    def __init__(self, request, door, version, number, *, draft=None, earlier=None):
        begun = draft or earlier
        self.door = door
        self.version = version
        self.number = number
        self.opening = opening_of(request)
        self.questionnaire = frozen_questionnaire(version.pk)
        self.language = page_language(request, self.questionnaire, begun and begun.language)
        self.sent_answers = draft.answers if draft else {}
        self.may_have_draft = not self.is_only or draft is not None or KEPT in request.POST
        self.route = None
        if number > len(self.questionnaire.pages):
            raise UnknownLink(f"This questionnaire has no page {number}.")

    def follow(self, answers):
        """Let these answers say which pages there are and what they ask."""
        self.route = Route(self.questionnaire, answers, self._circumstances)
        if not self.route.numbers:
            raise NothingToAsk("Every question is asked of others only.")

    def asked(self, entries):
        """Those of the entries whose questions this page asks of this respondent."""
        if self.route.keys is None:
            return entries
        keys = {question.key for question in self.questions} & self.route.keys
        return asked_entries(entries, keys)

    @property
    def questions(self):
        """What is asked on this page."""
        return self.questionnaire.pages[self.number - 1].questions

    @property
    def is_only(self):
        """Whether everything is asked at once, so that no draft is needed."""
        return len(self.questionnaire.pages) == 1

    def read(self, form_values):
        """The answers to this page's questions, and a sentence for each that cannot be taken."""
        with translation.override(self.language):
            answers = read_answers(self.questions, form_values)
            return answers, errors_in(self.questions, answers)

    def continue_draft(self, draft):
        """Belong to the visit in which the draft was begun."""
        self.opening = opening_with_draft(self.opening, draft)

    def picked_in_link(self, query):
        """Answers that a link brings along: ``?a=overall:5`` or ``?overall=5``; nothing is stored.

        Mail programs and scanners open links, so that a score in a link only
        chooses the answer on the page, and the customer sends it.
        """
        picked = dict(part.split(":", 1) for part in query.getlist("a") if ":" in part)
        found = {}
        for question in self.questions:
            code = picked.get(question.key) or query.get(question.key)
            answer = handler_of(question).picked(question, code) if code else None
            if answer is not None:
                found[question.key] = answer
        return found

    def render(self, submission_id, answers, *, resumes=False, **shown):
        """The page, ready to be sent, with these answers filled in."""
        if self.route is None:
            self.follow(answers)
        door, is_first = self.door, self.number == self.route.numbers[0]
        resume_page = self.first_unanswered(self.sent_answers) if resumes and is_first else 1
        with translation.override(self.language):
            mode_sentence = door.mode_sentence(door.survey.sender) if is_first else ""
            notice = self._change_notice() if is_first and door.replaces else ""
        return render_questionnaire_page(
            questionnaire=self.questionnaire,
            page_number=self.number,
            language=self.language,
            title=self.questionnaire.title,
            answers=answers,
            action=self._address(submission_id, self.number),
            hidden=self._hidden(submission_id),
            languages=self.questionnaire.languages,
            mode_sentence=mode_sentence,
            notice=notice,
            seed=str(submission_id),
            route=self.route,
            resume_page=self.route.progress(resume_page).position,
            resume_url=door.page_url(submission_id, resume_page) if resume_page > 1 else "",
            restart_url=door.restart_url if resumes and is_first else "",
            kiosk_start=door.start_url if door.is_kiosk else "",
            has_trap=door.is_open_to_all,
            leave_url=door.leave_url,
            survey=door.survey,
            **shown,
        )

    def _hidden(self, submission_id):
        """What the form carries along; the script adds `KEPT` when it saves what is typed."""
        fields = [("_id", submission_id), ("_version", self.version.number)]
        fields += [*hidden_fields_of(self.opening), *self.door.hidden]
        if self.door.replaces:
            fields.append(("_replaces", self.door.replaces))
        if self.is_only and self.may_have_draft:
            fields.append((KEPT, "1"))
        return fields

    def render_unstored(self, submission_id, answers):
        """The page with its answers after the database did not take them."""
        with translation.override(self.language):
            problem = _(
                "We could not save your answers just now. They are still on this page: "
                "please wait a moment and send them again."
            )
        return self.render(submission_id, answers, problem=problem, status=503)

    def render_changed_meanwhile(self, submission_id, answers):
        """The page with its answers after another page has changed them first."""
        with translation.override(self.language):
            problem = _(
                "These answers were changed on another page after you opened this one. "
                "What you see here is not saved yet. Send it again if it is what should count."
            )
        return self.render(submission_id, answers, problem=problem, status=409)

    def _change_notice(self):
        until = in_words(self.door.changes_until, self.door.survey.time_zone, self.language)
        return _("You have already answered. You can change your answers until %(until)s.") % {
            "until": until
        }

    def first_unanswered(self, answers):
        """The number of the first page that has not been sent yet."""
        for number in self.route.numbers:
            questions = self.route.page(number).questions
            if not all(was_shown(question, answers) for question in questions):
                return number
        return self.route.numbers[-1]

    def first_wrong(self, errors):
        """The number of the first page with an answer that cannot be taken."""
        for number, page in enumerate(self.questionnaire.pages, start=1):
            if any(question.key in errors for question in page.questions):
                return number
        return self.number

    def _address(self, submission_id, number):
        return self.door.start_url if number == 1 else self.door.page_url(submission_id, number)

    def _circumstances(self):
        return circumstances_of(language=self.language, **self.door.given_to_service)


def typed_words(request, door, number):
    """What a page that was refused held, as (question, answer) in words."""
    versions = [str(one.number) for one in door.survey.answerable_versions]
    if request.POST.get("_version") not in versions:
        return []
    version = door.survey.answerable_versions[versions.index(request.POST["_version"])]
    questionnaire = frozen_questionnaire(version.pk)
    if number > len(questionnaire.pages):
        return []
    language = page_language(request, questionnaire)
    answers = read_answers(questionnaire.pages[number - 1].questions, request.POST)

    def say(texts):
        return questionnaire.text(texts, language)

    words = [(say(item.text), item, answers.get(item.key)) for item in questionnaire.items]
    return [
        (text, found)
        for text, item, answer in words
        if answer and (found := answer_in_words(item, answer, say))
    ]


def page_language(request, questionnaire, saved_language=None):
    """What the person picked, else what they answered in, else what their browser asks for."""
    picked = request.GET.get("lang")
    if request.method == "POST":
        picked = request.POST.get("_language") or request.POST.get("_lang")
    return choose_language(
        wishes=[picked, saved_language],
        header=request.headers.get("Accept-Language", ""),
        languages=questionnaire.languages,
        default_language=questionnaire.default_language,
    )
