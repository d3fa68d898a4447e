"""The comments of a survey: found, filtered, counted by tag, and put in their order.

An anonymous survey shows no comment of a group under the minimum base, nor of
one that could be had by subtraction; it has no day, unit or segment beside a
comment, and its order is drawn anew for each view.
"""

import random
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.conf import settings

from reports.dataset import (
    Comment,
    comment_questions,
    comments_in,
    cube_of,
    margin,
    published_questionnaires,
    scored,
)
from reports.disclosure import disclosure_of
from reports.models import TaggedComment
from reports.suppression import hidden_cells
from surveys.services.visits import day_in

UNTAGGED = "-"


@dataclass(frozen=True, slots=True)
class Search:
    """Which comments are looked for; what is left empty does not narrow.

    `conditions` say as attributes of a cube what the selection is narrowed by.
    """

    conditions: dict = field(default_factory=dict)
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
    whole = selection.universe
    if survey.is_anonymous:
        selection, whole = _until_yesterday(selection), _until_yesterday(whole)
    if _is_hidden(selection, whole, search):
        return CommentList(questions, is_hidden=True)
    keys = [search.key] if search.key else list(questions)
    found = comments_in(selection, keys, score=search.score)
    found = [comment for comment in found if has_words(comment.text, search.words)]
    tags_of = _tags_of(survey)
    tags = Counter(name for comment in found for name in tags_of.get(comment.place, ()))
    untagged = sum(comment.place not in tags_of for comment in found)
    found = [comment for comment in found if _has_tag(tags_of.get(comment.place), search.tag)]
    if survey.is_anonymous:
        open_scores = _open_scores(selection)
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


def _until_yesterday(selection):
    """Today's anonymous answers are shown from tomorrow on, so that none can be watched."""
    yesterday = day_in(selection.survey) - timedelta(days=1)
    return replace(selection, last_day=min(filter(None, (selection.last_day, yesterday))))


def _is_hidden(selection, whole, search):
    """Whether the group is too small, or could be worked out from others that can be asked for."""
    minimum = settings.MINIMUM_BASE
    if not selection.survey.is_anonymous:
        return selection.rows().count() < minimum
    if scored(selection, search.score).count() < minimum:
        return True
    cube = cube_of(whole, published_questionnaires(selection.survey), column="satisfaction")
    if not disclosure_of(cube).shows(search.conditions):
        return True
    if search.score is None:
        return False
    return search.score not in _open_scores(selection) or not _shows_score(cube, search)


def _shows_score(cube, search):
    """Whether those of one score may be shown, as a survey of their own."""
    part = cube.remember(search.score, lambda: cube.where(cube.answers == search.score))
    return disclosure_of(part).shows(search.conditions)


def _open_scores(selection):
    """The scores that may stand beside an anonymous comment."""
    cells = margin(selection.rows(), "satisfaction")
    hidden = hidden_cells(cells.values(), minimum=settings.MINIMUM_BASE)
    return {score for place, score in enumerate(cells) if place not in hidden}


def _without_circumstances(comment, open_scores):
    score = comment.score if comment.score in open_scores else None
    return replace(comment, score=score, unit="", segment="")
