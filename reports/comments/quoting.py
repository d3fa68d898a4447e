"""The chosen comments as they are printed: masked, shortened, with the rule that chose them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from reports.words import formatting

from .choice import EACH
from .masking import masked

LONGEST = 420
MOST_THEMES = 10


@dataclass(frozen=True, slots=True)
class Quote:
    """One comment with what may stand beside it."""

    text: str
    score: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class QuotesView:
    """Everything that is printed of comments."""

    groups: tuple[tuple[str, tuple[Quote, ...]], ...] = ()
    rule: str = ""
    themes: tuple[tuple[str, str], ...] = ()
    themes_note: str = ""
    obstacle: str = ""


def quotes_view(choice, survey):
    """The view of a `CommentChoice`, in the language that is active."""
    if choice.obstacle:
        return QuotesView(obstacle=_obstacle(choice.obstacle))
    groups = (
        (_("From the highest scores"), choice.best),
        (_("Around the middle score"), choice.typical),
        (_("From the lowest scores"), choice.worst),
    )
    return QuotesView(
        groups=tuple(
            (name, tuple(_quote(comment) for comment in comments))
            for name, comments in groups
            if comments
        ),
        rule=_rule(choice),
        themes=tuple((name, formatting.count(n)) for name, n in choice.themes[:MOST_THEMES]),
        themes_note=_themes_note(choice),
    )


def _quote(comment):
    text = " ".join(masked(comment.text).split())
    score = _("Satisfaction %(score)s") % {"score": comment.score}
    if len(text) <= LONGEST:
        return Quote(text, score)
    remark = _("shortened; %(number)s signs in full") % {"number": formatting.count(len(text))}
    return Quote(text[:LONGEST].rstrip() + "…", score, remark)


def _rule(choice):
    text = _(
        "Nobody chose them: of %(eligible)s comments with a score and more than a word or two "
        "(%(all)s in all), up to %(each)s with the lowest overall satisfaction, %(each)s with the "
        "highest, and %(each)s nearest to the middle score, %(median)s; among equal scores a fixed "
        "lot decides. Names, numbers and addresses are taken out as far as a program finds them."
    )
    return text % {
        "eligible": formatting.count(choice.eligible),
        "all": formatting.count(choice.comments),
        "each": EACH,
        "median": choice.median,
    }


def _themes_note(choice):
    if not choice.themes:
        return _("No comment has been given a tag yet.")
    shown = min(MOST_THEMES, len(choice.themes))
    return _(
        "%(shown)s of %(all)s tags, those with most comments first; %(untagged)s of %(comments)s "
        "comments have none. A comment may have several."
    ) % {
        "shown": formatting.count(shown),
        "all": formatting.count(len(choice.themes)),
        "untagged": formatting.count(choice.untagged),
        "comments": formatting.count(choice.comments),
    }


def _obstacle(kind):
    return {
        "too_few": _("Comments of fewer than %(minimum)s answers are not printed.")
        % {"minimum": settings.MINIMUM_BASE},
        "narrowed": _(
            "This survey is anonymous, and the days or the wave of this bulletin leave too few "
            "answers beside it: no comment is printed."
        ),
        "none": _("Nobody wrote a comment of more than a word or two."),
    }[kind]
