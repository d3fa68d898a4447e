"""The comments of a survey: found, filtered, counted by tag, and put in their order.

An anonymous survey shows no comment of a group under the minimum base, nor of
one that could be had by subtraction; it has no day, unit or segment beside a
comment, and its order is drawn anew for each view.
"""

import random
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.conf import settings

from surveys.models import Unit
from surveys.services.visits import day_in

from .dataset import (
    Comment,
    comment_questions,
    comments_in,
    margin,
    published_questionnaires,
    scored,
    unit_margin,
)
from .models import TaggedComment
from .suppression import hidden_cells

UNTAGGED = "-"


@dataclass(frozen=True, slots=True)
class Search:
    """Which comments are looked for; what is left empty does not narrow."""

    unit: Unit | None = None
    month: date | None = None
    score: int | None = None
    key: str = ""
    words: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class CommentList:
    """The comments that match, in the order in which they are shown.

    `tags` are names with how many comments of this search carry them, before
    one tag was chosen; `tags_of` the names at each comment.
    """

    questions: dict
    comments: tuple[Comment, ...] = ()
    tags: tuple[tuple[str, int], ...] = ()
    untagged: int = 0
    tags_of: dict = field(default_factory=dict)
    shows_circumstances: bool = True
    is_hidden: bool = False

    @property
    def places(self):
        """Which comments they are."""
        return [comment.place for comment in self.comments]


def comment_list(selection, search, *, order=""):
    """The comments of a selection that match a search."""
    survey = selection.survey
    questions = comment_questions(published_questionnaires(survey))
    if survey.is_anonymous:
        selection = replace(selection, last_day=_yesterday(selection))
    if _is_hidden(selection, search):
        return CommentList(questions, is_hidden=True)
    keys = [search.key] if search.key else list(questions)
    found = comments_in(_narrowed(selection, search), keys, score=search.score)
    found = [comment for comment in found if has_words(comment.text, search.words)]
    tags_of = _tags_of(survey)
    tags = Counter(name for comment in found for name in tags_of.get(comment.place, ()))
    untagged = sum(comment.place not in tags_of for comment in found)
    found = [comment for comment in found if _has_tag(tags_of.get(comment.place), search.tag)]
    if survey.is_anonymous:
        open_scores = _open_scores(selection, search)
        found = [_without_circumstances(comment, open_scores) for comment in found]
        random.Random(order).shuffle(found)
    else:
        found.sort(key=lambda comment: comment.day, reverse=True)
    return CommentList(
        questions=questions,
        comments=tuple(found),
        tags=tuple(sorted(tags.items(), key=lambda item: (-item[1], item[0]))),
        untagged=untagged,
        tags_of=tags_of,
        shows_circumstances=not survey.is_anonymous,
    )


def has_words(text, words):
    """Whether every one of the words stands in the text, in whichever case and width."""
    wanted = folded(words).split()
    if not wanted:
        return True
    text = folded(text)
    return all(word in text for word in wanted)


def folded(text):
    """A text as it is compared: full-width letters are letters, capitals are small."""
    return unicodedata.normalize("NFKC", text).casefold()


def months_of(selection):
    """The months in which there are answers, the newest first."""
    return sorted(margin(selection.rows(), "month"), reverse=True)


def _has_tag(names, wanted):
    if wanted == UNTAGGED:
        return not names
    return not wanted or wanted in (names or ())


def _tags_of(survey):
    """The names of the tags at each comment of a survey."""
    found = defaultdict(list)
    rows = TaggedComment.objects.filter(tag__survey=survey).order_by("tag__name")
    for response, key, name in rows.values_list("response", "key", "tag__name"):
        found[response, key].append(name)
    return dict(found)


def _narrowed(selection, search):
    """The selection within the month that is looked for."""
    if search.month is None:
        return selection
    first = search.month
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if selection.last_day:
        last = min(last, selection.last_day)
    return replace(selection, first_day=first, last_day=last)


def _yesterday(selection):
    """Today's anonymous answers are shown from tomorrow on, so that none can be watched."""
    yesterday = day_in(selection.survey) - timedelta(days=1)
    return min(filter(None, (selection.last_day, yesterday)))


def _is_hidden(selection, search):
    """Whether the group is too small, or could be worked out from those beside it."""
    whole = _narrowed(selection, search)
    if not selection.survey.is_anonymous:
        return whole.rows().count() < settings.MINIMUM_BASE
    if scored(whole, search.score).count() < settings.MINIMUM_BASE:
        return True
    return any(_is_closed(cells, chosen) for cells, chosen in _margins(selection, search))


def _margins(selection, search):
    """For each thing that the search narrows by: the sizes beside what was chosen, and that."""
    whole = _narrowed(selection, search)
    if search.score is not None:
        yield margin(whole.rows(), "satisfaction"), search.score
    if search.month is not None:
        yield margin(scored(selection, search.score), "month"), search.month
    if selection.segment is not None:
        anybody = replace(whole, segment=None)
        yield margin(scored(anybody, search.score), "segment"), selection.segment.pk
    if search.unit is not None:
        everywhere = replace(whole, placements=None)
        yield unit_margin(scored(everywhere, search.score), search.unit), search.unit.pk


def _is_closed(cells, chosen):
    values = list(cells)
    hidden = hidden_cells(cells.values(), minimum=settings.MINIMUM_BASE)
    return chosen not in cells or values.index(chosen) in hidden


def _open_scores(selection, search):
    """The scores that may stand beside an anonymous comment."""
    cells = margin(_narrowed(selection, search).rows(), "satisfaction")
    return {score for score in cells if not _is_closed(cells, score)}


def _without_circumstances(comment, open_scores):
    score = comment.score if comment.score in open_scores else None
    return replace(comment, score=score, unit="", segment="")
