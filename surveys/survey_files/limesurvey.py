"""Reading LimeSurvey's .lss exports: a database's tables as XML, of versions 3 to 6."""

from django.utils.translation import gettext as _

from surveys.imports.errors import FileRefused
from surveys.languages import language_code

from .conditions import NotReadable, read_expression
from .markup import has_formatting, plain_text
from .outline import Asked, Kind, Option, Outline, Part

KINDS = {
    "5": Kind.SCALE,
    "L": Kind.SINGLE_CHOICE,
    "!": Kind.SINGLE_CHOICE,
    "O": Kind.SINGLE_CHOICE,
    "G": Kind.SINGLE_CHOICE,
    "M": Kind.MULTIPLE_CHOICE,
    "P": Kind.MULTIPLE_CHOICE,
    "Y": Kind.YES_NO,
    "N": Kind.NUMBER,
    "K": Kind.NUMBER,
    "D": Kind.DATE,
    "S": Kind.SHORT_TEXT,
    "T": Kind.LONG_TEXT,
    "U": Kind.LONG_TEXT,
    "Q": Kind.SHORT_TEXT,
    "X": Kind.NOTE,
    "R": Kind.RANKING,
    "F": Kind.SCALE,
    "H": Kind.SCALE,
    "A": Kind.SCALE,
    "B": Kind.SCALE,
    "C": Kind.SINGLE_CHOICE,
    "E": Kind.SINGLE_CHOICE,
}
GRIDS = set("FHABCEKQ")
POINTS = {"5": 5, "A": 5, "B": 10}
FIXED = {
    "C": (("Y", "Yes"), ("U", "Uncertain"), ("N", "No")),
    "E": (("I", "Increase"), ("S", "Same"), ("D", "Decrease")),
    "G": (("F", "Female"), ("M", "Male")),
}
NAMES = {
    "|": "file upload",
    "*": "equation",
    "I": "language switch",
    "1": "array dual scale",
    ";": "array texts",
    ":": "array numbers",
}
PLAIN = {"", "0", "N", "1"}
RANDOM = ("random_order",)


def outline_of(tables, *, fallback_language="en"):
    """The outline of a file's tables; raises `FileRefused`."""
    head = tables[""][0]
    if head["root"] != "document" or head.get("LimeSurveyDocType") != "Survey":
        raise FileRefused(_("The file is not a survey exported by LimeSurvey."))
    return _Reader(tables).read()


class _Reader:
    def __init__(self, tables):
        self.tables = tables
        self.outline = Outline(tool="LimeSurvey")
        questions = [*tables.get("questions", []), *tables.get("subquestions", [])]
        self.titles = {row.get("qid"): row.get("title") for row in questions}
        self.question_texts = _texts_by(questions, tables.get("question_l10ns", []), "qid")
        self.answer_texts = _by(tables.get("answer_l10ns", []), "aid")
        self.group_texts = _texts_by(tables.get("groups", []), tables.get("group_l10ns", []), "gid")
        self.answers = _by(tables.get("answers", []), "qid")
        self.subquestions = _by(tables.get("subquestions", []), "parent_qid")
        self.attributes = {}
        for row in tables.get("question_attributes", []):
            own = self.attributes.setdefault(row.get("qid"), {})
            own.setdefault(row.get("attribute"), {})[row.get("language", "")] = row.get("value", "")

    def read(self):
        self._settings()
        questions = _by(_top_level(self.tables.get("questions", [])), "gid")
        for group in _ordered(_once(self.tables.get("groups", []), "gid"), "group_order"):
            part = Part(self._texts(self.group_texts.get(group["gid"], []), "group_name"))
            self._group_losses(group, part)
            for row in _ordered(_once(questions.get(group["gid"], []), "qid"), "question_order"):
                self._question(row, part)
            if part.questions:
                self.outline.parts.append(part)
        self._tables_lost()
        return self.outline

    def _settings(self):
        survey = next(iter(self.tables.get("surveys", [])), {})
        texts = self.tables.get("surveys_languagesettings", [])
        outline = self.outline
        outline.default_language = language_code(survey.get("language", "")) or "en"
        named = [row["language"] for row in self.tables["languages"]]
        codes = [code for code in map(language_code, named) if code]
        outline.languages = list(dict.fromkeys([outline.default_language, *codes]))
        outline.title = self._texts(texts, "surveyls_title", "surveyls_language")
        outline.introduction = self._texts(texts, "surveyls_welcometext", "surveyls_language")
        outline.thanks = self._texts(texts, "surveyls_endtext", "surveyls_language")
        if self._texts(texts, "surveyls_description", "surveyls_language"):
            outline.dropped(
                _("Survey"),
                _("Description"),
                _("The introduction is what customers read; the description is not kept."),
            )
        if self._texts(texts, "surveyls_url", "surveyls_language"):
            outline.dropped(_("Survey"), _("End address"), _("Set it at the survey's links."))

    def _group_losses(self, group, part):
        where = next(iter(part.title.values()), group["gid"])
        if self._texts(self.group_texts.get(group["gid"], []), "description"):
            self.outline.dropped(where, _("Description"), _("Sections have a title only."))
        rule = group.get("grelevance", "")
        if rule not in PLAIN:
            part.place, part.wanted = where, self._wanted(rule)
            if part.wanted is None:
                self.outline.dropped(
                    where, rule, _("This condition is not read; the section is shown to everybody.")
                )

    def _wanted(self, rule):
        """A relevance equation as far as it can be read."""
        try:
            return read_expression(rule)
        except NotReadable:
            return None

    def _question(self, row, part):
        kind = row.get("type", "")
        texts = self.question_texts.get(row["qid"], [])
        text = self._texts(texts, "question")
        place = row.get("title") or row["qid"]
        what = next(iter(text.values()), "")
        if kind not in KINDS:
            name = NAMES.get(kind, kind)
            self.outline.dropped(
                place, what, _("There is no question of the type “%(type)s” here.") % {"type": name}
            )
            return
        if self._attribute(row, "hidden") == "1":
            self.outline.dropped(place, what, _("The question is hidden."))
            return
        asked = Asked(
            place=place,
            name=place,
            kind=KINDS[kind],
            text=text or {self.outline.default_language: place},
            hint=self._texts(texts, "help"),
            is_required=row.get("mandatory") in {"Y", "S"},
            options=self._options(row, kind),
            rows=self._subquestions(row) if kind in GRIDS else [],
            given_range=self._range(row),
            decimals=0 if self._attribute(row, "num_value_int_only") == "1" else 2,
            is_shuffled="1" in {self._attribute(row, name) for name in RANDOM},
            has_stars=kind == "5" and self._attribute(row, "slider_rating") == "1",
            aliases=(f"{row.get('sid', '')}X{row.get('gid', '')}X{row['qid']}",),
        )
        if row.get("other") == "Y":
            asked.other = self._attribute_texts(row, "other_replace_text")
        alone = self._attribute(row, "exclude_all_others").split(";")
        for option in asked.options:
            option.is_exclusive = option.code in alone
        part.questions.append(asked)
        self._question_losses(row, asked, texts)

    def _options(self, row, kind):
        if kind in POINTS:
            return [
                Option(str(value), {self.outline.default_language: str(value)}, value)
                for value in range(1, POINTS[kind] + 1)
            ]
        if kind in FIXED:
            return [Option(code, {self.outline.default_language: w}) for code, w in FIXED[kind]]
        if kind in "MP":
            return self._subquestions(row)
        if kind in "NKDSTUQXY":
            return []
        rows = [a for a in self.answers.get(row["qid"], []) if a.get("scale_id", "0") == "0"]
        texts_by_code = _by(rows, "code")
        options = []
        for answer in _ordered(_once(rows, "code"), "sortorder"):
            own = self.answer_texts.get(answer.get("aid")) or texts_by_code[answer["code"]]
            options.append(Option(answer["code"], self._texts(own, "answer")))
        return options

    def _subquestions(self, row):
        found = [s for s in self.subquestions.get(row["qid"], []) if s.get("scale_id", "0") == "0"]
        return [
            Option(
                sub.get("title", ""),
                self._texts(self.question_texts.get(sub["qid"], []), "question"),
            )
            for sub in _ordered(_once(found, "qid"), "question_order")
        ]

    def _question_losses(self, row, asked, texts):
        lost = self.outline.dropped
        kind, place = row["type"], asked.place
        if row.get("mandatory") == "S":
            self.outline.approximated(
                place, _("Soft mandatory"), _("The question must be answered here.")
            )
        if row.get("relevance", "") not in PLAIN:
            asked.wanted = self._wanted(row["relevance"])
            if asked.wanted is None:
                lost(
                    place,
                    row["relevance"],
                    _("This condition is not read; the question is shown to everybody."),
                )
        if any(has_formatting(r.get("question")) or has_formatting(r.get("help")) for r in texts):
            lost(
                place, _("Formatting"), _("Texts are plain here, without bold words and pictures.")
            )
        if kind in "OP":
            lost(place, _("Comment field"), _("Add a text question for the comment."))
        if kind == "H":
            self.outline.approximated(
                place, _("Array by column"), _("Its items are asked one after the other.")
            )
        for name, reason in _lost_attributes().items():
            value = self._attribute(row, name)
            if value not in PLAIN:
                lost(place, f"{name}: {value}", reason)

    def _tables_lost(self):
        for table, reason in _lost_tables().items():
            rows = self.tables.get(table, [])
            for row in rows:
                place = row.get("qid") or row.get("id") or table
                code = self.titles.get(place) or place
                self.outline.dropped(code, table, reason)

    def _texts(self, rows, column, language="language"):
        found = {}
        for row in rows:
            code = language_code(row.get(language, "")) or self.outline.default_language
            text = plain_text(row.get(column))
            if text:
                found[code] = text
        return found

    def _attribute(self, row, name):
        return next(iter(self.attributes.get(row["qid"], {}).get(name, {}).values()), "")

    def _attribute_texts(self, row, name):
        values = self.attributes.get(row["qid"], {}).get(name, {})
        return {
            language_code(code) or self.outline.default_language: plain_text(text)
            for code, text in values.items()
            if text
        }

    def _range(self, row):
        names = ("min_num_value_n", "max_num_value_n")
        if row.get("type") == "K":
            names = ("slider_min", "slider_max")
        return tuple(_whole(self._attribute(row, name)) for name in names)


def _lost_attributes():
    return {
        "em_validation_q": _("This check of the answer is not made."),
        "em_validation_sq": _("This check of the answer is not made."),
        "array_filter": _("All answers are shown."),
        "array_filter_exclude": _("All answers are shown."),
        "random_group": _("Questions stand in the order of the file."),
        "min_answers": _("How many answers must be picked is not checked."),
        "max_answers": _("How many answers may be picked is not checked."),
        "prefix": _("The words before the field are not shown."),
        "suffix": _("The words after the field are not shown."),
        "time_limit": _("There is no limit of time."),
        "equation": _("Nothing is calculated."),
    }


def _lost_tables():
    return {
        "conditions": _("This condition is not read; the question is shown to everybody."),
        "defaultvalues": _("No answer is filled in beforehand."),
        "quota": _("Quotas are not kept."),
        "assessments": _("Assessment texts are not shown."),
    }


def _by(rows, column):
    found = {}
    for row in rows:
        found.setdefault(row.get(column), []).append(row)
    return found


def _texts_by(rows, texts, column):
    """The rows with texts: a table of their own since version 4, before it the rows themselves."""
    return _by([row for row in rows if "language" in row], column) | _by(texts, column)


def _once(rows, column):
    """Old files have a row for each language; the first of each is enough."""
    return list({row[column]: row for row in reversed(rows)}.values())[::-1]


def _ordered(rows, column):
    return sorted(rows, key=lambda row: _whole(row.get(column)) or 0)


def _top_level(rows):
    return [row for row in rows if row.get("parent_qid", "0") in {"", "0"}]


def _whole(text):
    try:
        return int(float(text))
    except (TypeError, ValueError, OverflowError):
        return None
