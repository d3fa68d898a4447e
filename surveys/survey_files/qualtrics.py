"""Reading Qualtrics' .qsf exports: JSON with one element for each question, block and setting."""

import re

from django.utils.translation import gettext as _

from surveys.imports.errors import FileRefused
from surveys.languages import language_code

from .conditions import NotReadable
from .markup import has_formatting, plain_text
from .outline import Asked, Kind, Option, Outline, Part
from .qualtrics_logic import read_logic

TRASH = "Trash"
MOST_OPTIONS = 1_000
SINGLE = {"SAVR", "SAHR", "SACOL", "DL", "SB"}
MULTIPLE = {"MAVR", "MAHR", "MACOL", "MSB"}
FIELDS = {"ValidNumber": Kind.NUMBER, "ValidEmail": Kind.EMAIL, "ValidDate": Kind.DATE}
GRID_OF = {"SingleAnswer": Kind.SCALE, "DL": Kind.SCALE, "MultipleAnswer": Kind.MULTIPLE_CHOICE}
PIPED = re.compile(r"\$\{[a-z]+://[^}]*\}")


def outline_of(document, *, fallback_language="en"):
    """The outline of a file's document; raises `FileRefused`."""
    if not isinstance(document, dict) or "SurveyEntry" not in document:
        raise FileRefused(_("The file is not a survey exported by Qualtrics."))
    return _Reader(document).read()


class _Reader:
    def __init__(self, document):
        entry = document["SurveyEntry"]
        self.elements = document["SurveyElements"]
        self.language = language_code(entry.get("SurveyLanguage") or "") or "en"
        self.outline = Outline(tool="Qualtrics", default_language=self.language)
        self.outline.title = {self.language: plain_text(entry.get("SurveyName"))}
        self.questions = {
            element["PrimaryAttribute"]: element["Payload"] for element in self._of_kind("SQ")
        }
        self.languages = {}

    def read(self):
        blocks = self._blocks()
        placed = set()
        for block in self._in_order(blocks):
            self._block(block, placed)
        trash = [block for block in blocks.values() if block.get("Type") == TRASH]
        for key, payload in self.questions.items():
            if key not in placed:
                lost = (
                    _("The question is in the trash.") if trash else _("No block has the question.")
                )
                self.outline.dropped(_tag(payload, key), self._what(payload), lost)
        self._flow_lost(self._flow())
        self.outline.parts = [part for part in self.outline.parts if part.questions]
        others = [code for code in self.languages if code != self.language]
        self.outline.languages = [self.language, *others]
        return self.outline

    def _of_kind(self, kind):
        return [element for element in self.elements if element.get("Element") == kind]

    def _blocks(self):
        found = {}
        for element in self._of_kind("BL"):
            for block in _values(element.get("Payload") or []):
                found[block["ID"]] = block
        return found

    def _flow(self):
        return [
            step
            for element in self._of_kind("FL")
            for step in _flattened((element.get("Payload") or {}).get("Flow") or [])
        ]

    def _in_order(self, blocks):
        """Blocks in the order in which the survey's flow shows them."""
        flow = [step["ID"] for step in self._flow() if step.get("ID") in blocks]
        order = list(dict.fromkeys(flow)) or list(blocks)
        return [blocks[key] for key in order if blocks[key].get("Type") != TRASH]

    def _block(self, block, placed):
        title = plain_text(block.get("Description"))
        is_own_title = block.get("Type") != "Default" and title
        part = Part({self.language: title} if is_own_title else {})
        self.outline.parts.append(part)
        for step in _values(block.get("BlockElements") or []):
            if step.get("Type") == "Page Break":
                part = Part({})
                self.outline.parts.append(part)
            key = step.get("QuestionID")
            if step.get("SkipLogic"):
                self.outline.dropped(
                    key, _("Skip logic"), _("Nothing is skipped; every page is shown.")
                )
            if key in self.questions and key not in placed:
                placed.add(key)
                self._question(key, self.questions[key], part)
        options = block.get("Options") or {}
        if options.get("RandomizeQuestions") not in {None, "", "false", False}:
            self.outline.dropped(
                title, _("Random order"), _("Questions stand in the order of the file.")
            )

    def _question(self, key, payload, part):
        kind, selector = payload.get("QuestionType"), payload.get("Selector")
        asked = Asked(
            place=_tag(payload, key),
            name=_tag(payload, key),
            kind=Kind.NOTE,
            text=self._texts(payload, lambda side: side.get("QuestionText")),
            is_required=_force(payload) == "ON",
            is_shuffled=bool(payload.get("Randomization")),
        )
        if not asked.text:
            asked.text = {self.language: asked.place}
        reader = getattr(self, f"_read_{str(kind).lower()}", None)
        found = reader(asked, payload, selector) if reader else []
        if not found:
            name = " ".join(filter(None, (kind, selector)))
            self.outline.dropped(
                asked.place,
                self._what(payload),
                _("There is no question of the type “%(type)s” here.") % {"type": name},
            )
            return
        part.questions += found
        self._lost(asked, payload)

    def _read_mc(self, asked, payload, selector):
        asked.options = self._options(payload, "Choices", "ChoiceOrder")
        if selector == "NPS":
            asked.kind = Kind.SCALE
            self._end_labels(asked, payload)
        elif selector in MULTIPLE:
            asked.kind = Kind.MULTIPLE_CHOICE
        elif selector in SINGLE:
            scaled = (payload.get("Configuration") or {}).get("Autoscale")
            asked.kind = Kind.SCALE if scaled else Kind.SINGLE_CHOICE
        else:
            return []
        self._other(asked, payload)
        return [asked]

    def _read_matrix(self, asked, payload, selector):
        inner = payload.get("SubSelector")
        asked.rows = self._options(payload, "Choices", "ChoiceOrder")
        asked.options = self._options(payload, "Answers", "AnswerOrder")
        if selector == "TE":
            asked.kind, asked.options = Kind.SHORT_TEXT, []
        elif selector == "Likert" and inner in GRID_OF:
            asked.kind = GRID_OF[inner]
        else:
            return []
        return [asked]

    def _read_te(self, asked, payload, selector):
        settings = (payload.get("Validation") or {}).get("Settings") or {}
        asked.kind = FIELDS.get(settings.get("ContentType"), Kind.SHORT_TEXT)
        if selector in {"ML", "ESTB"} and asked.kind == Kind.SHORT_TEXT:
            asked.kind = Kind.LONG_TEXT
        if selector == "FORM":
            asked.rows = self._options(payload, "Choices", "ChoiceOrder")
        if asked.kind == Kind.NUMBER:
            valid = settings.get("ValidNumber") or {}
            asked.given_range = _whole(valid.get("Min")), _whole(valid.get("Max"))
            asked.decimals = min(_whole(valid.get("NumDecimals")) or 0, 6)
        return [asked]

    def _read_db(self, asked, payload, selector):
        if selector == "GRB":
            return []
        return [asked]

    def _read_slider(self, asked, payload, selector):
        settings = payload.get("Configuration") or {}
        rows = self._options(payload, "Choices", "ChoiceOrder")
        if selector == "STAR":
            asked.kind = Kind.SCALE
            asked.options = [
                Option(str(value), {self.language: str(value)}, value)
                for value in range(1, min(int(settings.get("StarCount") or 5), 100) + 1)
            ]
            asked.has_stars = True
        else:
            asked.kind = Kind.NUMBER
            asked.decimals = min(_whole(settings.get("NumDecimals")) or 0, 6)
            asked.given_range = (
                _whole(settings.get("CSSliderMin")),
                _whole(settings.get("CSSliderMax")),
            )
            asked.change = _("The slider is a field for a number.")
        if len(rows) > 1:
            asked.rows = rows
        elif rows and next(iter(rows[0].label.values()), ""):
            asked.hint = rows[0].label
        return [asked]

    def _read_ro(self, asked, payload, selector):
        asked.kind = Kind.RANKING
        asked.options = self._options(payload, "Choices", "ChoiceOrder")
        return [asked]

    def _options(self, payload, member, order):
        sides = [
            (code, dict(_items(side.get(member) or {}))) for code, side in self._sides(payload)
        ]
        choices = sides[0][1]
        recoded = payload.get("RecodeValues") or {}
        wanted = [str(key) for key in payload.get(order) or choices]
        return [
            Option(
                key,
                self._said((code, (side.get(key) or {}).get("Display")) for code, side in sides),
                _whole(recoded.get(key)) if isinstance(recoded, dict) else None,
            )
            for key in wanted[:MOST_OPTIONS]
            if key in choices
        ]

    def _end_labels(self, asked, payload):
        """The words at both ends of a recommendation scale; its choices are numbers."""
        for option in asked.options:
            option.value = _whole(next(iter(option.label.values()), ""))
        for place, option in zip((0, 1), (asked.options[0], asked.options[-1]), strict=True):
            words = self._texts(payload, lambda side, at=place: _label_at(side, at))
            option.label |= words

    def _other(self, asked, payload):
        choices = dict(_items(payload.get("Choices") or {}))
        for option in list(asked.options):
            choice = choices[option.code]
            if choice.get("TextEntry") in {"true", True, "1"}:
                if asked.other is None:
                    asked.options.remove(option)
                    asked.other = option.label
                else:
                    self.outline.dropped(
                        asked.place,
                        next(iter(option.label.values()), ""),
                        _("Only one answer can have a text of its own; this one has none."),
                    )
            option.is_exclusive = choice.get("ExclusiveAnswer") in {"true", True}

    def _sides(self, payload):
        """A question in each of its languages, the survey's own first."""
        languages = payload.get("Language") or {}
        yield self.language, payload
        for name, side in languages.items() if isinstance(languages, dict) else ():
            if code := language_code(name):
                yield code, side

    def _texts(self, payload, pick):
        return self._said((code, pick(side)) for code, side in self._sides(payload))

    def _said(self, markups):
        found = {}
        for code, markup in markups:
            if text := plain_text(markup):
                found.setdefault(code, text)
                self.languages.setdefault(code, True)
        return found

    def _what(self, payload):
        return plain_text(payload.get("QuestionText"))

    def _lost(self, asked, payload):
        lost = self.outline.dropped
        self._condition(asked, payload.get("DisplayLogic") or payload.get("InPageDisplayLogic"))
        if isinstance(payload.get("QuestionJS"), str) and payload["QuestionJS"].strip():
            lost(
                asked.place,
                _("Script"),
                _(
                    "A script changes this question on the page, perhaps its scale. "
                    "Compare the question with what customers saw."
                ),
            )
        if _force(payload) == "RequestResponse":
            self.outline.approximated(
                asked.place,
                _("Request for an answer"),
                _("The question may be left out here without a reminder."),
            )
        validation = ((payload.get("Validation") or {}).get("Settings") or {}).get("Type")
        if validation == "CustomValidation":
            lost(asked.place, _("Custom validation"), _("This check of the answer is not made."))
        if has_formatting(payload.get("QuestionText")):
            lost(
                asked.place,
                _("Formatting"),
                _("Texts are plain here, without bold words and pictures."),
            )
        if PIPED.search(str(payload.get("QuestionText"))):
            self.outline.approximated(
                asked.place,
                PIPED.search(payload["QuestionText"])[0],
                _("The placeholder stands in the text as it is written."),
            )

    def _condition(self, asked, logic):
        """The display logic as far as it can be read; what cannot is told."""
        if not logic:
            return
        words = _rule_in(logic)
        try:
            asked.wanted = read_logic(logic, words, self._name_of)
        except NotReadable:
            self.outline.dropped(
                asked.place,
                words,
                _("This condition is not read; the question is shown to everybody."),
            )

    def _name_of(self, key):
        if key not in self.questions:
            raise NotReadable(key)
        return _tag(self.questions[key], key)

    def _flow_lost(self, flow):
        reasons = {
            "Branch": _("This condition is not read; its questions are shown to everybody."),
            "BlockRandomizer": _("Questions stand in the order of the file."),
            "EmbeddedData": _("Fields beside the answers are not kept."),
            "EndSurvey": _("The survey ends after its last page."),
            "WebService": _("No other service is asked."),
            "Authenticator": _("Personal links say who answers."),
            "Quota": _("Quotas are not kept."),
        }
        for step in flow:
            if step.get("Type") in reasons:
                self.outline.dropped(step.get("FlowID", ""), step["Type"], reasons[step["Type"]])


def _values(parts):
    return list(parts.values()) if isinstance(parts, dict) else parts


def _items(parts):
    pairs = parts.items() if isinstance(parts, dict) else enumerate(parts)
    return [(str(key), part) for key, part in pairs]


def _flattened(flow):
    for step in flow:
        yield step
        yield from _flattened(step.get("Flow") or [])


def _label_at(side, place):
    labels = [part for _key, part in _items(side.get("ColumnLabels") or [])]
    return labels[place].get("Display") if len(labels) == 2 else ""


def _tag(payload, key):
    return payload.get("DataExportTag") or key


def _force(payload):
    return ((payload.get("Validation") or {}).get("Settings") or {}).get("ForceResponse")


def _rule_in(logic):
    """The words of a condition, as Qualtrics describes it."""
    return plain_text(" ".join(re.findall(r"'Description': '([^']*)'", str(logic)))) or _("Display")


def _whole(text):
    try:
        return int(float(text))
    except (TypeError, ValueError, OverflowError):
        return None
