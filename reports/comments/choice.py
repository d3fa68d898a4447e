"""The few comments that a bulletin prints, chosen by a rule that it prints too.

The rule leaves nobody a choice: within a score a digest of the answer's random
id decides, so that the same answers give the same comments.
"""

import hashlib
from dataclasses import dataclass, replace

from django.conf import settings

from reports.dataset import Comment
from reports.suppression import hidden_cells

from .comments import Search, comment_list

EACH = 3
SHORTEST = 12


@dataclass(frozen=True, slots=True)
class CommentChoice:
    """Some comments with how many there were to choose from.

    `obstacle` is "too_few" where they may not be shown, "narrowed" where an
    anonymous survey is cut so that a small rest could be had by subtraction,
    and "none" where nobody wrote enough. `themes` are tags with their numbers.
    """

    best: tuple[Comment, ...] = ()
    typical: tuple[Comment, ...] = ()
    worst: tuple[Comment, ...] = ()
    eligible: int = 0
    comments: int = 0
    median: float | None = None
    themes: tuple[tuple[str, int], ...] = ()
    untagged: int = 0
    shows_circumstances: bool = True
    obstacle: str = ""


def comment_choice(selection):
    """Comments of the selection: the best, the worst and typical ones by their scores.

    None where the survey asks for no comments.
    """
    found = comment_list(selection, Search(_conditions(selection)))
    if not found.questions:
        return None
    if found.is_hidden:
        return CommentChoice(obstacle="too_few")
    if _leaves_few(selection):
        return CommentChoice(obstacle="narrowed")
    eligible = [c for c in found.comments if c.score is not None and _is_long_enough(c.text)]
    told = CommentChoice(
        eligible=len(eligible),
        comments=len(found.comments),
        themes=found.tags,
        untagged=found.untagged,
        shows_circumstances=found.shows_circumstances,
    )
    return _chosen(told, eligible) if eligible else replace(told, obstacle="none")


def _conditions(selection):
    """What a bulletin is narrowed by, beside its unit and its days."""
    narrowed = {"segment": selection.segment, "wave": selection.wave}
    return {name: one.pk for name, one in narrowed.items() if one is not None}


def _chosen(told, eligible):
    """Each group in turn takes the next of what is left."""
    lots = {comment.place: _lot(comment) for comment in eligible}
    scores = sorted(comment.score for comment in eligible)
    median = scores[len(scores) // 2]
    groups = {}
    left = list(eligible)
    for name, distance in (
        ("worst", lambda comment: comment.score),
        ("best", lambda comment: -comment.score),
        ("typical", lambda comment: abs(comment.score - median)),
    ):
        left.sort(key=lambda comment: (distance(comment), lots[comment.place]))
        groups[name], left = tuple(left[:EACH]), left[EACH:]
    return replace(told, median=median, **groups)


def _is_long_enough(text):
    """A word alone tells little; a Chinese sign says as much as three letters."""
    return sum(3 if ord(sign) > 0x2E80 else 1 for sign in text if not sign.isspace()) >= SHORTEST


def _lot(comment):
    return hashlib.sha256(f"{comment.response}:{comment.key}".encode()).digest()


def _leaves_few(selection):
    """Whether an anonymous selection by days leaves a rest of fewer than the minimum."""
    if not selection.survey.is_anonymous:
        return False
    inside = selection.rows().count()
    whole = replace(selection, first_day=None, last_day=None).rows().count()
    return bool(hidden_cells([inside, whole - inside], minimum=settings.MINIMUM_BASE))
