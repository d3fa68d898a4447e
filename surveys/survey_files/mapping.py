"""Turning the outline of another tool's survey into a document of ours, and saying what it cost."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.definitions import ready_choices
from surveys.definitions.document import FORMAT, FORMAT_VERSION, MOST_CHOICES, MOST_QUESTIONS
from surveys.enums import ChoiceKind, QuestionType
from surveys.imports.errors import FileRefused

from .markup import excerpt
from .measures import asks_to_recommend
from .outline import Asked, Kind

TEXT_LIKE = {Kind.NUMBER, Kind.DATE, Kind.EMAIL, Kind.SHORT_TEXT, Kind.LONG_TEXT}
ASIDES = {
    ChoiceKind.NOT_APPLICABLE: re.compile(
        r"(does not|doesn.t) apply|not applicable|n/?a|trifft nicht zu|entfällt|"
        r"não se aplica|不适用|不適用",
        re.IGNORECASE,
    ),
    ChoiceKind.DONT_KNOW: re.compile(
        r"(i )?(don.t|do not) know|weiß nicht|kann ich nicht sagen|não sei|不知道|不清楚",
        re.IGNORECASE,
    ),
}
SPAN = re.compile(r"\b(\d{1,2})\s*(?:-|–|to|bis|a|à|至|到)\s*(\d{1,3})\b")
LONGEST_KEY = 40
LONGEST_SCALE = 11


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
        self.notes = []
        self.order = {}

    def map(self, name):
        self.document = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "title": self.outline.title or {self.language: name},
            "default_language": self.language,
            "languages": self.outline.languages,
            "introduction": dict(self.outline.introduction),
            "thanks": dict(self.outline.thanks),
            "sections": [self._section(part) for part in self.outline.parts],
        }
        self._notes_to_thanks()
        sections = [s for s in self.document["sections"] if s["questions"]]
        self.document["sections"] = sections
        if not sections:
            raise FileRefused(_("The file has no question that can be asked here."))
        return Mapped(self.document, self._sorted_lines())

    def _section(self, part):
        questions = []
        for asked in part.questions:
            self.order.setdefault(asked.place, len(self.order))
            if asked.kind == Kind.NOTE:
                self.notes.append(asked)
                continue
            found = self._questions(asked)
            if found and self.notes:
                self._notes_to_hint(found[0])
            questions += found
        return {"title": part.title, "questions": questions}

    def _questions(self, asked):
        if asked.kind == Kind.RANKING:
            self.outline.dropped(
                asked.place, self._what(asked.text), _("Answers cannot be ranked here.")
            )
            return []
        if asked.kind not in TEXT_LIKE and not self._has_answers(asked):
            return []
        if not asked.rows:
            self._tell(asked, [])
            return self._one(asked, asked.text, asked.name)
        if len(asked.rows) * max(len(asked.options), 1) > MOST_QUESTIONS * 10:
            raise FileRefused(
                _("A grid of the file is too large: %(place)s.") % {"place": asked.place}
            )
        questions = []
        for row in asked.rows:
            questions += self._one(asked, self._joined(asked.text, row), f"{asked.name}_{row.code}")
        self._tell(asked, questions)
        return questions

    def _has_answers(self, asked):
        if asked.kind == Kind.YES_NO and not asked.options:
            return True
        if len(asked.options) >= 2 and len(asked.options) <= MOST_CHOICES:
            return True
        self.outline.dropped(
            asked.place,
            self._what(asked.text),
            _("The question has fewer than two answers, or too many."),
        )
        return False

    def _one(self, asked, text, name):
        question = {
            "key": self._key(name),
            "type": self._type(asked),
            "text": text,
            "hint": dict(asked.hint),
            "is_required": asked.is_required,
            "choices": [] if asked.kind in TEXT_LIKE else self._choices(asked),
        }
        if asked.other is None or asked.kind in TEXT_LIKE:
            return [question]
        words = asked.other or self._ready(("Other", "其他", "其他"))
        code = _unused("other", {choice["code"] for choice in question["choices"]})
        question["choices"].append(_choice(code, words))
        follow_up = {
            "key": self._key(f"{name}_other"),
            "type": QuestionType.SHORT_TEXT.value,
            "text": {language: f"{word}:" for language, word in words.items()},
        }
        return [question, follow_up]

    def _type(self, asked):
        if asked.kind == Kind.SCALE:
            is_loyalty = _is_zero_to_ten(asked.options) and asks_to_recommend(asked.text)
            return (QuestionType.RECOMMENDATION if is_loyalty else QuestionType.RATING).value
        if asked.kind in {Kind.NUMBER, Kind.DATE, Kind.EMAIL}:
            return QuestionType.SHORT_TEXT.value
        return QuestionType(asked.kind.value).value

    def _choices(self, asked):
        if asked.kind == Kind.YES_NO:
            return self._yes_or_no(asked)
        values = _values(asked.options) if asked.kind == Kind.SCALE else {}
        choices, codes = [], set()
        for place, option in enumerate(asked.options):
            code = _unused(_code(option.code, place), codes)
            codes.add(code)
            label = self._in_every_language(option.label) or {self.language: option.code or code}
            kind = aside_of(option) if asked.kind != Kind.MULTIPLE_CHOICE else ChoiceKind.SCORED
            choices.append(_choice(code, label, kind, values.get(place)))
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
        languages = {*text, *row.label}
        if not row.label:
            return text
        return {
            code: " – ".join(
                filter(
                    None,
                    (
                        text.get(code, text.get(self.language)),
                        row.label.get(code, row.label.get(self.language)),
                    ),
                )
            )
            for code in sorted(languages)
        }

    def _tell(self, asked, questions):
        """The line that says what a question has become, and the lines of what it lost."""
        outline, what = self.outline, self._what(asked.text)
        if asked.rows:
            outline.approximated(
                asked.place,
                what,
                _("The grid became %(count)d questions, one for each row.")
                % {"count": len(questions)},
            )
        elif asked.kind in {Kind.NUMBER, Kind.DATE, Kind.EMAIL}:
            outline.approximated(
                asked.place, what, _("The answer is a text; whether it is right is not checked.")
            )
        elif (
            asked.kind == Kind.SCALE and _values(asked.options) and not _has_numbers(asked.options)
        ):
            outline.approximated(
                asked.place,
                what,
                _("The points count from 1 for the first answer; see that the last is the best."),
            )
        elif asked.change:
            outline.approximated(asked.place, what, asked.change)
        else:
            outline.kept(asked.place, what)
        self._tell_apart(asked)
        if asked.other is not None:
            outline.approximated(
                asked.place,
                next(iter(asked.other.values()), _("Other")),
                _("The text of “other” is a question of its own."),
            )
        if asked.kind == Kind.SCALE:
            self._compare_words_with_scale(asked)

    def _tell_apart(self, asked):
        for option in asked.options:
            if asked.kind == Kind.SCALE and aside_of(option) != ChoiceKind.SCORED:
                self.outline.approximated(
                    asked.place,
                    next(iter(option.label.values())),
                    _("This answer stands apart from the scale and is not counted as a point."),
                )
        if asked.kind == Kind.SCALE and len(_values(asked.options)) > LONGEST_SCALE:
            self.outline.approximated(
                asked.place, self._what(asked.text), _("The scale has more than 11 points.")
            )

    def _compare_words_with_scale(self, asked):
        values = _values(asked.options).values()
        for text in asked.text.values():
            span = SPAN.search(text)
            if span and values and (int(span[1]), int(span[2])) != (min(values), max(values)):
                self.outline.approximated(
                    asked.place,
                    span[0],
                    _("The words say %(low)s to %(high)s, the scale goes from %(from)d to %(to)d.")
                    % {"low": span[1], "high": span[2], "from": min(values), "to": max(values)},
                )
                return

    def _notes_to_hint(self, question):
        for note in self.notes:
            question["hint"] = _under(note.text, question["hint"])
            self.outline.approximated(
                note.place,
                self._what(note.text),
                _("The text stands as a hint at the next question."),
            )
        self.notes = []

    def _notes_to_thanks(self):
        for note in self.notes:
            self.document["thanks"] = _under(self.document["thanks"], note.text)
            self.outline.approximated(
                note.place, self._what(note.text), _("The text stands on the page of thanks.")
            )

    def _key(self, name):
        stem = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")
        stem = stem if stem[:1].isalpha() else f"q_{stem}".rstrip("_")
        key = _unused(stem[: LONGEST_KEY - 5].rstrip("_"), self.keys)
        self.keys.add(key)
        return key

    def _what(self, text):
        return text.get(self.language) or next(iter(text.values()), "")

    def _sorted_lines(self):
        """Lines in the order of the questions, each question's own line before its details."""
        main = {}
        for at, line in enumerate(self.outline.lines):
            main.setdefault(line.place, at)
        last = len(self.order)
        own = {(asked.place, excerpt(self._what(asked.text))) for asked in self._asked()}
        return sorted(
            self.outline.lines,
            key=lambda line: (
                self.order.get(line.place, last),
                main[line.place] if line.place not in self.order else 0,
                (line.place, line.what) not in own,
            ),
        )

    def _asked(self) -> list[Asked]:
        return [asked for part in self.outline.parts for asked in part.questions]


def aside_of(option):
    """Whether an answer is "does not apply" or "don't know", by its words."""
    for kind, words in ASIDES.items():
        if any(words.fullmatch(text.strip(" .")) for text in option.label.values()):
            return kind
    return ChoiceKind.SCORED


def _values(options):
    """The value of each point by its place: as the file says, or counted from 1."""
    points = [(at, o) for at, o in enumerate(options) if aside_of(o) == ChoiceKind.SCORED]
    if _has_numbers(options):
        return {at: _number_of(option) for at, option in points}
    return {at: value for value, (at, _option) in enumerate(points, 1)}


def _has_numbers(options):
    points = [o for o in options if aside_of(o) == ChoiceKind.SCORED]
    numbers = [_number_of(option) for option in points]
    return None not in numbers and len(set(numbers)) == len(numbers)


def _number_of(option):
    if option.value is not None:
        return option.value if -100 <= option.value <= 100 else None
    return int(option.code) if re.fullmatch(r"-?\d{1,2}|100", option.code) else None


def _is_zero_to_ten(options):
    return sorted(_values(options).values()) == list(range(11))


def _choice(code, label, kind=ChoiceKind.SCORED, value=None):
    is_point = kind == ChoiceKind.SCORED
    return {
        "code": code,
        "label": label,
        "kind": kind.value,
        "value": value if is_point else None,
    }


def _code(code, place):
    return re.sub(r"[^A-Za-z0-9_-]+", "_", code)[:35] or f"c{place + 1}"


def _unused(stem, taken):
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name


def _under(first, second):
    """Two texts below each other, language by language."""
    return {
        code: "\n\n".join(filter(None, (first.get(code), second.get(code))))
        for code in {**first, **second}
    }
