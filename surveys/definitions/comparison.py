"""What differs between two versions of a survey, in words, and which trends this breaks.

Works on two checked documents (`README.md`), the older one first. Questions
are the same when they have the same key. `comparability_of` answers for one
key whether figures from the two versions may stand in one line.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from surveys.enums import (
    ChoiceKind,
    Comparability,
    ExpectationLevel,
    MeasureRole,
    PageLayout,
    QuestionType,
    SurveyKind,
)
from surveys.question_types import HANDLERS
from surveys.texts import text_in

from .findings import language_name

WAYS_OUT = (ChoiceKind.NOT_APPLICABLE, ChoiceKind.DONT_KNOW)
SEVERITY = (Comparability.COMPARABLE, Comparability.WORDING, Comparability.SCALE)
COMPARED_IN_WORDS = {
    "key",
    "type",
    "text",
    "hint",
    "is_required",
    "role",
    "dimension",
    "expectation",
    "loyal_from",
    "choices",
    "settings",
    "rule",
    "section_rule",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One change in words, with the text before and after where it is a text that changed."""

    sentence: str
    effect: str = Comparability.COMPARABLE
    before: str = ""
    after: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class QuestionComparison:
    """One question in two versions."""

    key: str
    text: str
    comparability: Comparability
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side; `questions` holds every key of either, in the newer order."""

    around: tuple[Difference, ...]
    questions: tuple[QuestionComparison, ...]

    @property
    def changed(self):
        """The questions about which there is something to say."""
        return [question for question in self.questions if question.differences]

    @property
    def broken(self):
        """The questions whose figures do not go on as before."""
        return [
            question
            for question in self.questions
            if question.comparability in (Comparability.SCALE, Comparability.WORDING)
        ]

    @property
    def is_same(self):
        """Whether nothing differs at all."""
        return not self.around and not self.changed

    def comparability(self, key):
        """Whether figures of this question may stand in one line."""
        found = (one.comparability for one in self.questions if one.key == key)
        return next(found, Comparability.ABSENT)


def without_words(_rule, _document):
    """Says nothing about a rule, where nobody reads it."""
    return ""


def compare(old, new, say_rule=without_words):
    """Everything that differs between two documents of one survey.

    `say_rule` gives a rule of a document in words.
    """
    said = (lambda rule: say_rule(rule, old)), (lambda rule: say_rule(rule, new))
    before, after = _questions_by_key(old), _questions_by_key(new)
    moved = _moved(list(before), list(after))
    keys = [*after, *(key for key in before if key not in after)]
    return Comparison(
        around=tuple(_around(old, new)),
        questions=tuple(
            _compared(key, before.get(key), after.get(key), moved.get(key), document=new, said=said)
            for key in keys
        ),
    )


def comparability_of(key, old, new):
    """Whether figures of the question `key` in two documents may stand in one line."""
    before, after = _questions_by_key(old).get(key), _questions_by_key(new).get(key)
    if before is None or after is None:
        return Comparability.ABSENT
    return _worst(_differences(before, after, (lambda _rule: "",) * 2))


def _compared(key, before, after, moved, *, document, said):
    text = text_in((after or before)["text"], document["default_language"])
    if before is None or after is None:
        sentence = _("New question.") if before is None else _("The question was removed.")
        difference = Difference(sentence, Comparability.ABSENT)
        return QuestionComparison(key, text, Comparability.ABSENT, (difference,))
    differences = list(_differences(before, after, said))
    if moved:
        sentence = _("Moved from place %(old)d to place %(new)d.") % moved
        differences.append(Difference(sentence))
    return QuestionComparison(key, text, _worst(differences), tuple(differences))


def _differences(before, after, said):
    """What changed inside a question, and in when it is asked."""
    yield from _texts(before["text"], after["text"], _("Question"), Comparability.WORDING)
    yield from _texts(before["hint"], after["hint"], _("Hint"), Comparability.WORDING)
    yield from _scale(before, after)
    for name, words, effect in (
        ("role", _role_words, Comparability.SCALE),
        ("loyal_from", _loyal_words, Comparability.SCALE),
        ("dimension", _dimension_words, Comparability.COMPARABLE),
        ("expectation", _expectation_words, Comparability.COMPARABLE),
    ):
        if before[name] != after[name]:
            yield Difference(words(before[name], after[name]), effect)
    if before["is_required"] != after["is_required"]:
        yield Difference(
            _("It must be answered now.") if after["is_required"] else _("It may be left out now.")
        )
    yield from _rules(before, after, said)
    old, new = _other_settings(before), _other_settings(after)
    if changed := sorted(name for name in old | new if old.get(name) != new.get(name)):
        sentence = _("Other settings changed: %(names)s.") % {"names": ", ".join(changed)}
        yield Difference(sentence, Comparability.WORDING)


def _rules(before, after, said):
    """Other people are asked now, by the rule of the question or that of its section."""
    for name, sentence in (
        ("rule", _("The rule changed that says who is asked this.")),
        ("section_rule", _("The rule of its section changed.")),
    ):
        if before[name] != after[name]:
            yield Difference(
                sentence,
                Comparability.WORDING,
                before=said[0](before[name]),
                after=said[1](after[name]),
            )


def _other_settings(question):
    """What a question has besides the members that are compared in words."""
    others = {name: question[name] for name in question.keys() - COMPARED_IN_WORDS}
    labels = {one.name: str(one.label) for one in HANDLERS[question["type"]].settings}
    own = question.get("settings", {}).items()
    return others | {labels.get(name, name): value for name, value in own}


def _scale(before, after):
    if before["type"] != after["type"]:
        yield Difference(
            _("The type changed from “%(old)s” to “%(new)s”.")
            % {
                "old": QuestionType(before["type"]).label,
                "new": QuestionType(after["type"]).label,
            },
            Comparability.SCALE,
        )
    old_points, new_points = _points(before), _points(after)
    if [point[:2] for point in old_points] != [point[:2] for point in new_points]:
        yield Difference(
            _scale_words(old_points, new_points),
            Comparability.SCALE,
            before=_listed(before["choices"]),
            after=_listed(after["choices"]),
        )
    old_labels = {choice["code"]: choice["label"] for choice in before["choices"]}
    for choice in after["choices"]:
        if choice["code"] in old_labels:
            place = _("Answer %(code)s") % {"code": choice["code"]}
            old_label = old_labels[choice["code"]]
            yield from _texts(old_label, choice["label"], place, Comparability.WORDING)
    yield from _ways_out(before, after)


def _scale_words(old_points, new_points):
    if len(old_points) != len(new_points):
        return _("The scale or list had %(old)d answers and has %(new)d.") % {
            "old": len(old_points),
            "new": len(new_points),
        }
    if sorted(old_points) == sorted(new_points):
        return _("The answers stand in another order.")
    return _("The answers have other codes or values.")


def _ways_out(before, after):
    for kind in WAYS_OUT:
        had, has = (
            any(choice["kind"] == kind for choice in question["choices"])
            for question in (before, after)
        )
        if had != has:
            sentence = _("“%(label)s” is offered now.") if has else _("“%(label)s” is gone.")
            yield Difference(sentence % {"label": kind.label}, Comparability.WORDING)


def _texts(before, after, name, effect):
    """Changes of one text by language; a translation that comes or goes breaks nothing."""
    for code in sorted(before.keys() | after.keys()):
        old, new = before.get(code, ""), after.get(code, "")
        if old == new:
            continue
        values = {"name": name, "language": language_name(code)}
        if not old:
            sentence, breaks = _("%(name)s: now there in %(language)s."), not before
        elif not new:
            sentence, breaks = _("%(name)s: no longer there in %(language)s."), not after
        else:
            sentence, breaks = _("%(name)s: other words in %(language)s."), True
        yield Difference(
            sentence % values, effect if breaks else Comparability.COMPARABLE, old, new, code
        )


def _around(old, new):
    """What changed around the questions."""
    for name, words in (
        ("title", _("Title")),
        ("introduction", _("Introduction")),
        ("thanks", _("Thanks at the end")),
    ):
        yield from _texts(old[name], new[name], words, Comparability.COMPARABLE)
    if old["kind"] != new["kind"]:
        kinds = {"old": SurveyKind(old["kind"]).label, "new": SurveyKind(new["kind"]).label}
        yield Difference(_("The kind changed from “%(old)s” to “%(new)s”.") % kinds)
    if old["page_layout"] != new["page_layout"]:
        layouts = {
            "old": PageLayout(old["page_layout"]).label,
            "new": PageLayout(new["page_layout"]).label,
        }
        yield Difference(_("Pages changed from “%(old)s” to “%(new)s”.") % layouts)
    yield from _languages(old["languages"], new["languages"])
    yield from _sections(old["sections"], new["sections"])
    yield from _dimensions(old["dimensions"], new["dimensions"])


def _languages(old, new):
    for code in new:
        if code not in old:
            yield Difference(_("%(language)s was added.") % {"language": language_name(code)})
    for code in old:
        if code not in new:
            yield Difference(_("%(language)s was taken out.") % {"language": language_name(code)})


def _sections(old, new):
    if len(old) != len(new):
        counts = {"old": len(old), "new": len(new)}
        yield Difference(_("There were %(old)d sections and are %(new)d.") % counts)
        return
    for number, (before, after) in enumerate(zip(old, new, strict=True), 1):
        name = _("Section %(number)d") % {"number": number}
        yield from _texts(before["title"], after["title"], name, Comparability.COMPARABLE)


def _dimensions(old, new):
    before = {dimension["key"]: dimension["name"] for dimension in old}
    after = {dimension["key"]: dimension["name"] for dimension in new}
    for key in after.keys() - before.keys():
        yield Difference(_("The dimension “%(key)s” is new.") % {"key": key})
    for key in before.keys() - after.keys():
        yield Difference(_("The dimension “%(key)s” was removed.") % {"key": key})
    for key in before.keys() & after.keys():
        name = _("Dimension “%(key)s”") % {"key": key}
        yield from _texts(before[key], after[key], name, Comparability.COMPARABLE)


def _questions_by_key(document):
    return {
        question["key"]: question | {"section_rule": section["rule"]}
        for section in document["sections"]
        for question in section["questions"]
    }


def _moved(old, new):
    """Places before and after of the questions that left the common order, by key."""
    stayed_old = [key for key in old if key in new]
    stayed_new = [key for key in new if key in old]
    matcher = SequenceMatcher(None, stayed_old, stayed_new, autojunk=False)
    in_order = {
        key
        for block in matcher.get_matching_blocks()
        for key in stayed_old[block.a : block.a + block.size]
    }
    return {
        key: {"old": old.index(key) + 1, "new": new.index(key) + 1}
        for key in stayed_new
        if key not in in_order
    }


def _points(question):
    return [
        (choice["code"], choice["value"])
        for choice in question["choices"]
        if choice["kind"] == ChoiceKind.SCORED
    ]


def _listed(choices):
    return " · ".join(text_in(choice["label"], "en") for choice in choices)


def _role_words(old, new):
    roles = {"old": MeasureRole(old).label, "new": MeasureRole(new).label}
    return _("The measure changed from “%(old)s” to “%(new)s”.") % roles


def _loyal_words(old, new):
    points = {"old": "–" if old is None else old, "new": "–" if new is None else new}
    return _("Loyal counted from %(old)s, and counts from %(new)s now.") % points


def _dimension_words(old, new):
    return _("The dimension changed from “%(old)s” to “%(new)s”.") % {
        "old": old or "–",
        "new": new or "–",
    }


def _expectation_words(old, new):
    levels = {"old": ExpectationLevel(old).label, "new": ExpectationLevel(new).label}
    return _("The expectation changed from “%(old)s” to “%(new)s”.") % levels


def _worst(differences):
    effects = [difference.effect for difference in differences]
    return max(effects, key=SEVERITY.index, default=Comparability.COMPARABLE)
