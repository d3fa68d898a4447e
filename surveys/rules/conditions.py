"""Rules as values: a condition, and conditions joined by "all" or "any".

Three-valued throughout: a rule holds (True), does not hold (False), or cannot
be told yet (None), because it rests on a page that has not been sent.
"""

from dataclasses import dataclass
from enum import StrEnum

ANSWER = "answer"


class Operator(StrEnum):
    """How a subject is compared with the values of a condition."""

    IS = "is"
    IS_NOT = "is_not"
    IS_ONE_OF = "is_one_of"
    IS_AT_LEAST = "is_at_least"
    IS_AT_MOST = "is_at_most"
    IS_ANSWERED = "is_answered"
    IS_NOT_ANSWERED = "is_not_answered"
    CONTAINS = "contains"


WITHOUT_VALUES = (Operator.IS_ANSWERED, Operator.IS_NOT_ANSWERED)
COMPARISONS = (Operator.IS_AT_LEAST, Operator.IS_AT_MOST)


class Join(StrEnum):
    """Whether all conditions of a group must hold, or any one of them."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a subject: whether it is settled, its codes, and the number behind it."""

    codes: tuple = ()
    number: float | None = None
    is_pending: bool = False

    @property
    def is_answered(self):
        """Whether there is anything to compare with."""
        return bool(self.codes)


UNKNOWN, PENDING = Fact(), Fact(is_pending=True)


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a subject (``answer.overall``, ``language``, ``link.unit``) with values."""

    subject: str
    operator: Operator
    values: tuple = ()

    @property
    def conditions(self):
        """Itself, as a group gives those that are in it."""
        return (self,)

    @property
    def question_key(self):
        """The key of the question that it rests on, or None."""
        return key_of(self.subject)

    def verdict(self, fact_of):
        """Whether it holds; `fact_of` gives the fact of a subject."""
        fact = fact_of(self.subject)
        return None if fact.is_pending else self.holds_for(fact)

    def holds_for(self, fact):
        """Whether it holds for something settled; what was not answered equals nothing."""
        if self.operator == Operator.IS_ANSWERED:
            return fact.is_answered
        if self.operator == Operator.IS_NOT_ANSWERED:
            return not fact.is_answered
        if not fact.is_answered:
            return False
        if self.operator == Operator.IS_AT_LEAST:
            return fact.number is not None and fact.number >= self.values[0]
        if self.operator == Operator.IS_AT_MOST:
            return fact.number is not None and fact.number <= self.values[0]
        is_among = any(code in self.values for code in fact.codes)
        return not is_among if self.operator == Operator.IS_NOT else is_among


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of which all must hold, or any; its parts may be groups of the other kind."""

    join: Join
    parts: tuple

    @property
    def conditions(self):
        """Every condition in it, in order."""
        return tuple(condition for part in self.parts for condition in part.conditions)

    def verdict(self, fact_of):
        """Whether it holds."""
        verdicts = [part.verdict(fact_of) for part in self.parts]
        return all_of(verdicts) if self.join == Join.ALL else any_of(verdicts)


def all_of(verdicts):
    """The verdict on several things that must hold together."""
    verdicts = list(verdicts)
    if False in verdicts:
        return False
    return None if None in verdicts else True


def any_of(verdicts):
    """The verdict on several things of which one is enough."""
    verdicts = list(verdicts)
    if True in verdicts:
        return True
    return None if None in verdicts else False


def key_of(subject):
    """The key of the question that a subject is an answer to, or None."""
    source, _dot, entry = subject.partition(".")
    return entry.partition(".")[0] if source == ANSWER else None


def read_rule(document):
    """A checked rule (`document.py`) as a group, or None for the empty one."""
    if not document:
        return None
    [(join, parts)] = document.items()
    return Group(Join(join), tuple(_part(part) for part in parts))


def _part(part):
    if "subject" in part:
        return Condition(part["subject"], Operator(part["operator"]), tuple(part["values"]))
    return read_rule(part)
