"""What the services raise when something must not be done."""


class SurveyError(Exception):
    """Base of every refusal; its text is a sentence for the person who asked."""


class VersionIsFrozen(SurveyError):
    """A published or closed version cannot be changed."""


class DraftChangedMeanwhile(SurveyError):
    """Somebody else saved the draft after it was opened."""


class InvalidDefinition(SurveyError):
    """A survey document, or a part of one, is not of the documented form."""


class CannotPublish(SurveyError):
    """The draft has mistakes that must be mended first; one sentence each."""

    def __init__(self, sentences):
        super().__init__(" ".join(map(str, sentences)))
        self.sentences = list(sentences)


class NotAnswerable(SurveyError):
    """A link takes no answer now; the kinds below say why.

    `typed` is what the refused page held, as (question, answer) in words.
    """

    typed = ()


class UnknownLink(NotAnswerable):
    """No such link, or one that was withdrawn: the two look alike to whoever tries addresses."""


class NotYetOpen(NotAnswerable):
    """The link opens later, or its survey has not been published.

    `opens_at` with the name of its `time_zone` is there when the moment is known.
    """

    def __init__(self, text, *, opens_at=None, time_zone=""):
        super().__init__(text)
        self.opens_at, self.time_zone = opens_at, time_zone


class Paused(NotAnswerable):
    """Staff have switched the link off for a while."""


class Closed(NotAnswerable):
    """The time for answering is over."""


class Full(NotAnswerable):
    """The link has all the answers that it takes."""


class BegunOnline(SurveyError):
    """The customer has begun to answer by the link; an interview would discard it."""


class AskedRecently(SurveyError):
    """The contact rule speaks against asking this customer; staff may insist."""


class AlreadyAnswered(NotAnswerable):
    """A personal link was used before, with other answers."""


class ChangeTooLate(NotAnswerable):
    """The time for changing an answer is over."""


class TooManyPages(SurveyError):
    """One network address sends more pages than a person, or a busy shop, does."""


class ChangedMeanwhile(SurveyError):
    """Another page has changed the answers; `current` is the id of the submission that counts."""

    def __init__(self, current):
        super().__init__("The answers were changed by another page.")
        self.current = current


class NothingToAsk(NotAnswerable):
    """The rules of the survey leave no question for this visit."""


class ForeignSubmission(SurveyError):
    """The submission id was begun by another link; no page of ours does that."""


class SubmissionConflict(SurveyError):
    """The submission id came back with different answers."""


class InvalidAnswers(SurveyError):
    """Answers that do not fit their questions."""

    def __init__(self, errors):
        super().__init__("; ".join(str(error) for error in errors.values()))
        self.errors = errors


class NotAccepted(Exception):
    """A message certainly did not go out; `is_final` when trying again would not help.

    `status` is the server's own code of RFC 3463, where it gave one.
    """

    def __init__(self, reason, *, is_final=False, status=""):
        super().__init__(reason)
        self.is_final = is_final
        self.status = status


class AccountRefused(SurveyError):
    """An account cannot be made as asked."""
