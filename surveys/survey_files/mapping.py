"""Turning the outline of another tool's survey into a document of ours, and saying what it cost."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.definitions import ready_choices
from surveys.definitions.document import FORMAT, FORMAT_VERSION, MOST_CHOICES, MOST_QUESTIONS
from surveys.enums import ChoiceKind, QuestionType
from surveys.imports.errors import FileRefused
from surveys.question_types.settings import MOST_ROWS

from .conditions import NotReadable
from .mapped_rules import rule_of, targets_of, without_broken_rules
from .markup import excerpt
from .measures import asks_to_recommend
from .outline import Kind
from .points import aside_of, has_numbers, is_scale, values_of

OWN_LISTS = {Kind.SINGLE_CHOICE, Kind.MULTIPLE_CHOICE, Kind.RANKING}
LISTS = OWN_LISTS | {Kind.SCALE}
TYPES = {
    Kind.YES_NO: QuestionType.YES_NO,
    Kind.SINGLE_CHOICE: QuestionType.SINGLE_CHOICE,
    Kind.MULTIPLE_CHOICE: QuestionType.MULTIPLE_CHOICE,
    Kind.RANKING: QuestionType.RANKING,
    Kind.NUMBER: QuestionType.NUMBER,
    Kind.DATE: QuestionType.DATE,
    Kind.EMAIL: QuestionType.EMAIL,
    Kind.SHORT_TEXT: QuestionType.SHORT_TEXT,
    Kind.LONG_TEXT: QuestionType.LONG_TEXT,
    Kind.NOTE: QuestionType.TEXT_BLOCK,
}
SPAN = re.compile(r"\b(\d{1,2})\s*(?:-|–|to|bis|a|à|至|到)\s*(\d{1,3})\b")
LONGEST_KEY = 40
MOST_LINES = 5_000


@dataclass(slots=True)
class Mapped:
    """A document in the form of ours, and the lines of its report in the order of the file."""

    document: dict
    lines: list


def document_of(outline, *, name):
    """The document of an outline; raises `FileRefused` when nothing in it can be asked."""
    return _Mapping(outline).map(name)


class _Mapping:
    def __init__(self, outline):
        self.outline = outline
        self.language = outline.default_language
        self.keys = set()
        self.targets = {}
        self.conditional = []  # (document of the part, what the outline wants, where it stands)

    def map(self, name):
        count = sum(len(part.questions) for part in self.outline.parts)
        if count > MOST_QUESTIONS or len(self.outline.lines) > MOST_LINES:
            raise FileRefused(_("The file has more than a survey can hold."))
        sections = [self._section(part) for part in self.outline.parts]
        self._set_rules()
        document = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "title": self.outline.title or {self.language: name},
            "default_language": self.language,
            "languages": self.outline.languages,
            "introduction": self.outline.introduction,
            "thanks": self.outline.thanks,
            "sections": [section for section in sections if section["questions"]],
        }
        if not document["sections"]:
            raise FileRefused(_("The file has no question that can be asked here."))
        self._drop_broken_rules(document)
        return Mapped(document, self._sorted_lines())

    def _section(self, part):
        questions = []
        for asked in part.questions:
            self._settle_kind(asked)
            if len(asked.rows) > MOST_ROWS:
                raise FileRefused(
                    _("A grid of the file is too large: %(place)s.") % {"place": asked.place}
                )
            if asked.kind not in LISTS or self._has_answers(asked):
                questions += self._questions(asked)
        section = {"title": part.title, "rule": {}, "questions": questions}
        if part.wanted:
            self.conditional.append((section, part.wanted, part.place))
        return section

    def _set_rules(self):
        """Rules for what the file asks under a condition, as far as they can say the same."""
        for part, wanted, place in self.conditional:
            try:
                part["rule"] = rule_of(wanted.tree, self.targets)
            except NotReadable:
                self._condition_lost(wanted, place)

    def _drop_broken_rules(self, document):
        """Keep of the rules that were set those that the questionnaire can have."""
        had = [(part, wanted, place) for part, wanted, place in self.conditional if part["rule"]]
        if had:
            without_broken_rules(document)
        for part, wanted, place in had:
            if part["rule"]:
                words = _("The condition became a rule; read it once in the editor.")
                self.outline.kept(place, wanted.words, words)
            else:
                self._condition_lost(wanted, place)

    def _condition_lost(self, wanted, place):
        self.outline.dropped(place, wanted.words, condition_not_read())

    def _settle_kind(self, asked):
        """A scale that is too short or too long for one is a list to choose from."""
        if asked.kind == Kind.SCALE and len(asked.options) >= 2 and not is_scale(asked.options):
            asked.kind = Kind.SINGLE_CHOICE
            asked.change = _("A scale has 3 to 11 points here; this is a choice from a list.")

    def _has_answers(self, asked):
        if 2 <= len(asked.options) <= MOST_CHOICES:
            return True
        self.outline.dropped(
            asked.place,
            self._what(asked.text),
            _("The question has fewer than two answers, or too many."),
        )
        return False

    def _questions(self, asked):
        if not asked.rows or asked.kind == Kind.SCALE:
            question = self._question(asked, asked.text, asked.name)
            self._tell(asked)
            rows = question["settings"].get("rows", [{"code": ""}])
            self._note_names(asked, [(question["key"], row["code"]) for row in rows], question)
            return [question]
        asked.change = _("The grid became %(count)d questions, one for each row.") % {
            "count": len(asked.rows)
        }
        self._tell(asked)
        questions = [
            self._question(asked, self._joined(asked.text, row), f"{asked.name}_{row.code}")
            for row in asked.rows
        ]
        self._note_names(asked, [(question["key"], "") for question in questions], questions[0])
        return questions

    def _note_names(self, asked, keys, question):
        for name, target in targets_of(asked, keys, question["choices"]):
            self.targets.setdefault(name, target)

    def _question(self, asked, text, name):
        question = {
            "key": self._key(name),
            "type": self._type(asked).value,
            "text": text,
            "hint": dict(asked.hint),
            "is_required": asked.is_required and asked.kind != Kind.NOTE,
            "choices": self._choices(asked) if asked.kind in LISTS | {Kind.YES_NO} else [],
            "rule": {},
            "settings": self._settings(asked),
        }
        if asked.wanted:
            self.conditional.append((question, asked.wanted, asked.place))
        return question

    def _type(self, asked):
        if asked.kind != Kind.SCALE:
            return TYPES[asked.kind]
        if asked.rows:
            return QuestionType.MATRIX
        is_zero_to_ten = sorted(values_of(asked.options).values()) == list(range(11))
        if is_zero_to_ten and asks_to_recommend(asked.text):
            return QuestionType.RECOMMENDATION
        return QuestionType.RATING

    def _settings(self, asked):
        kind = self._type(asked)
        if kind == QuestionType.MATRIX:
            return {"rows": self._rows(asked)}
        if kind == QuestionType.RATING:
            return {"look": "stars" if asked.has_stars else "plain"}
        if kind == QuestionType.NUMBER:
            low, high = asked.given_range
            return {"minimum": low, "maximum": high, "decimals": asked.decimals}
        if asked.kind in OWN_LISTS:
            return {"random_order": asked.is_shuffled}
        return {}

    def _rows(self, asked):
        taken = set()
        rows = []
        for row in asked.rows:
            code = _unused(_key_form(row.code), taken)
            taken.add(code)
            rows.append({"code": code, "label": row.label or {self.language: row.code}})
        return rows

    def _choices(self, asked):
        if asked.kind == Kind.YES_NO:
            return self._yes_or_no(asked)
        values = values_of(asked.options) if asked.kind == Kind.SCALE else {}
        choices, codes = [], set()
        for place, option in enumerate(asked.options):
            code = _unused(_code(option.code, place), codes)
            codes.add(code)
            label = self._in_every_language(option.label) or {self.language: option.code or code}
            choices.append(_choice(code, label, _kind_of(option, asked), values.get(place)))
        if asked.other is not None and asked.kind in {Kind.SINGLE_CHOICE, Kind.MULTIPLE_CHOICE}:
            words = asked.other or self._ready(("Other", "其他", "其他"))
            choices.append(_choice(_unused("other", codes), words, ChoiceKind.OTHER))
        return choices

    def _yes_or_no(self, asked):
        given = {option.code.lower(): option.label for option in asked.options}
        choices = ready_choices.yes_or_no()
        for choice, words in zip(choices, (ready_choices.YES, ready_choices.NO), strict=True):
            choice["label"] = given.get(choice["code"]) or self._ready(words)
        return choices

    def _ready(self, words):
        """Ready words in the survey's languages; in English where there are none."""
        texts = ready_choices.in_languages(words)
        return {code: texts.get(code, texts["en"]) for code in self.outline.languages}

    def _in_every_language(self, label):
        """A number is the same in every language."""
        text = label.get(self.language, "")
        return dict.fromkeys(self.outline.languages, text) | label if text.isdigit() else label

    def _joined(self, text, row):
        """The text of one question of a grid that is asked row by row."""
        sides = (text, row.label or {self.language: row.code})
        return {
            code: " – ".join(filter(None, (side.get(code, self._what(side)) for side in sides)))
            for code in sorted({*text, *row.label})
        }

    def _tell(self, asked):
        """The line that says what a question has become, and the lines of what it lost."""
        what = self._what(asked.text)
        if asked.kind == Kind.SCALE and not has_numbers(asked.options):
            asked.change = _(
                "The points count from 1 for the first answer; see that the last is the best."
            )
        if asked.change:
            self.outline.approximated(asked.place, what, asked.change)
        else:
            self.outline.kept(asked.place, what, self._type(asked).label)
        if asked.other is not None and asked.kind in {Kind.RANKING, Kind.SCALE}:
            self.outline.dropped(asked.place, _("Other"), _("This question has no “other” here."))
        if asked.kind == Kind.SCALE:
            self._tell_apart(asked)
            self._compare_words_with_scale(asked)

    def _tell_apart(self, asked):
        for option in asked.options:
            if aside_of(option) != ChoiceKind.SCORED:
                self.outline.approximated(
                    asked.place,
                    self._what(option.label),
                    _("This answer stands apart from the scale and is not counted as a point."),
                )

    def _compare_words_with_scale(self, asked):
        values = values_of(asked.options).values()
        low, high = min(values), max(values)
        for text in asked.text.values():
            span = SPAN.search(text)
            if span and (int(span[1]), int(span[2])) != (low, high):
                words = {"low": span[1], "high": span[2], "from": low, "to": high}
                sentence = _(
                    "The words say %(low)s to %(high)s, the scale goes from %(from)d to %(to)d."
                )
                self.outline.approximated(asked.place, span[0], sentence % words)
                return

    def _key(self, name):
        key = _unused(_key_form(name), self.keys)
        self.keys.add(key)
        return key

    def _what(self, text):
        return text.get(self.language) or next(iter(text.values()), "")

    def _sorted_lines(self):
        """Lines in the order of the questions, each question's own line before its details."""
        asked = [one for part in self.outline.parts for one in part.questions]
        order = {one.place: at for at, one in reversed(list(enumerate(asked)))}
        own = {(one.place, excerpt(self._what(one.text))) for one in asked}
        return sorted(
            self.outline.lines,
            key=lambda line: (
                order.get(line.place, len(asked)),
                (line.place, line.what) not in own,
            ),
        )


def condition_not_read():
    """What is said of a condition that no rule can say."""
    return _("This condition is not read; the question is shown to everybody.")


def _kind_of(option, asked):
    if option.is_exclusive and asked.kind == Kind.MULTIPLE_CHOICE:
        return ChoiceKind.EXCLUSIVE
    return aside_of(option) if asked.kind in {Kind.SCALE, Kind.SINGLE_CHOICE} else ChoiceKind.SCORED


def _choice(code, label, kind, value=None):
    return {"code": code, "label": label, "kind": kind.value, "value": value}


def _code(code, place):
    return re.sub(r"[^A-Za-z0-9_-]+", "_", code)[:35] or f"c{place + 1}"


def _key_form(name):
    """A name as a key: small letters, digits and underscores, a letter first."""
    stem = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")
    stem = stem if stem[:1].isalpha() else f"q_{stem}"
    return stem[: LONGEST_KEY - 5].rstrip("_")


def _unused(stem, taken):
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name
