"""What a customer is told when there is nothing to answer, in plain words, and how they get help.

Also the wrapper around every respondent's view: it turns refusals into
these pages and sets the headers that all of them share.
"""

import logging
from functools import wraps

from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import InterfaceError, OperationalError
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from surveys.errors import (
    AlreadyAnswered,
    ChangeTooLate,
    Closed,
    Full,
    NothingToAsk,
    NotYetOpen,
    Paused,
    SubmissionConflict,
    SurveyError,
    TooManyPages,
    UnknownLink,
)
from surveys.languages import choose_language
from surveys.services.address_limits import UNKNOWN_LINKS, WINDOW_SECONDS
from surveys.views.client_address import client_address

from .moments import in_words
from .pages import render_page
from .stencil import FilledPage

logger = logging.getLogger(__name__)

METHODS = ("GET", "HEAD", "POST")
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError)
UNAVAILABLE = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = 5

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address holds the token
    "X-Robots-Tag": "noindex, nofollow",
}

PAGES = {
    UnknownLink: (
        404,
        _("This link does not lead to a survey"),
        _("Perhaps a part of the address was lost. Please open the whole link once more."),
    ),
    NotYetOpen: (
        403,
        _("This survey is not open yet"),
        _("Please come back later. The link will stay the same."),
    ),
    Paused: (
        403,
        _("This survey is paused"),
        _("It takes no answers at the moment. Please try again another day."),
    ),
    Closed: (
        410,
        _("This survey is closed"),
        _("The time for answering is over. Thank you for wanting to help."),
    ),
    NothingToAsk: (
        200,
        _("There is nothing to ask you"),
        _("None of the questions of this survey is meant for you. Thank you for wanting to help."),
    ),
    Full: (
        410,
        _("This survey has all the answers it needs"),
        _("Thank you for wanting to help. It takes no more answers by this link."),
    ),
    AlreadyAnswered: (
        410,
        _("You have already answered"),
        _("Thank you! Your answers are saved. A personal link is used once, so that is all."),
    ),
    ChangeTooLate: (
        410,
        _("Your answers can no longer be changed"),
        _("The time for changing them is over. The answers that you sent before are saved."),
    ),
    SubmissionConflict: (
        409,
        _("Your first answers are saved"),
        _(
            "These questions were sent before with other answers. "
            "The first ones count, and what you sent just now was not stored."
        ),
    ),
}
OPENS = _("It opens on %(moment)s. The link will stay the same.")
TOO_MANY_UNKNOWN_PAGE = (
    429,
    _("Please wait a minute"),
    _("Many links that do not exist were opened from your network. A right link still opens."),
)
UNREADABLE_PAGE = (
    400,
    _("We could not read this page"),
    _("Something in it was damaged or too long. Please open the link and send your answers again."),
)
METHOD_PAGE = (405, _("This page is for answering"), _("Please open the link in a browser."))


class NoFiles(FileUploadHandler):
    """Leaves out files: no question asks for one, so none is kept anywhere."""

    def new_file(self, *args, **kwargs):
        """Skip every file."""
        raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        """Keep nothing."""

    def file_complete(self, file_size):
        """There is no file."""


def respondent_page(view):
    """Make a function a respondent's view.

    No CSRF token is asked for: who holds the link may answer, and there is no
    cookie or session that another site could misuse. A token would expire and
    take the answers with it. Compression is safe for the same reason: the page
    holds no secret that its own address does not hold.
    """

    @csrf_exempt
    @gzip_page
    @wraps(view)
    def page(request, *args, **kwargs):
        request.embed_hosts = []
        response = _answer_or_refuse(view, request, args, kwargs)
        if request.embed_hosts:
            _let_embed(response, request.embed_hosts)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if isinstance(response, FilledPage):
            response.compress_for(request)
        return response

    return page


def _let_embed(response, origins):
    """Let pages of these origins, and of no others, show this one in a frame."""
    csp_replace({"frame-ancestors": origins})(lambda: response)()
    response.xframe_options_exempt = True  # the old header knows no list


def _answer_or_refuse(view, request, args, kwargs):
    if request.method not in METHODS:
        return render_refusal(request, METHOD_PAGE)
    request.upload_handlers = [NoFiles(request)]
    try:
        try:
            return view(request, *args, **kwargs)
        except SurveyError as refusal:
            return _explain(request, refusal)
    except UNREADABLE:
        return render_refusal(request, UNREADABLE_PAGE)
    except UNAVAILABLE:
        logger.warning(
            "The database does not answer; the customer is asked to retry", exc_info=True
        )
        return _ask_to_retry(request)


def _explain(request, refusal):
    """The page that says why nothing can be answered."""
    if isinstance(refusal, TooManyPages):
        return _ask_to_slow_down(request)
    if isinstance(refusal, UnknownLink) and UNKNOWN_LINKS.is_exceeded_by(client_address(request)):
        return ask_later(render_refusal(request, TOO_MANY_UNKNOWN_PAGE), WINDOW_SECONDS)
    status, *sentences = PAGES.get(type(refusal), UNREADABLE_PAGE)
    if isinstance(refusal, AlreadyAnswered | ChangeTooLate) and request.method == "POST":
        status = 409
    if isinstance(refusal, NotYetOpen) and refusal.opens_at:
        sentences[1] = _opening_sentence(request, refusal)
    return render_refusal(request, (status, *sentences), typed=getattr(refusal, "typed", ()))


def _opening_sentence(request, refusal):
    """When a link opens, by the clock of its survey."""
    language = _language(request)
    moment = in_words(refusal.opens_at, refusal.time_zone, language)
    with translation.override(language):
        return OPENS % {"moment": moment}


def render_refusal(request, page, *, typed=()):
    """A plain page: its status, a heading and a sentence, and what was typed in vain."""
    status, heading, sentence = page
    context = {"title": heading, "sentence": sentence, "typed": typed}
    response = render_page("surveys/respond/plain.html", context, _language(request), status=status)
    if status == 405:
        response.headers["Allow"] = ", ".join(METHODS)
    return response


def _ask_to_retry(request):
    """A page that holds what was posted and sends it again, without asking the database."""
    context = _posted_again(request)
    response = render_page("surveys/respond/retry.html", context, _language(request), status=503)
    return ask_later(response)


def _ask_to_slow_down(request):
    """A page that holds what was posted, to be sent again when fewer send at once."""
    context = _posted_again(request) | {"is_crowded": True}
    response = render_page("surveys/respond/retry.html", context, _language(request), status=429)
    return ask_later(response, WINDOW_SECONDS)


def _posted_again(request):
    """What `retry.html` needs to send the same page once more."""
    posted = []
    if request.method == "POST":
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
    return {"posted": posted, "action": request.path, "is_post": request.method == "POST"}


def ask_later(response, seconds=RETRY_AFTER_SECONDS):
    """Tell programs, too, when to come back."""
    response.headers["Retry-After"] = str(seconds)
    return response


def _language(request):
    """The language of a page that belongs to no survey."""
    return choose_language(
        wishes=[request.GET.get("lang")],
        header=request.headers.get("Accept-Language", ""),
        languages=[code for code, _name in settings.LANGUAGES],
        default_language=settings.LANGUAGE_CODE,
    )
