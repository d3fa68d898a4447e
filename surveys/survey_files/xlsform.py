"""Reading XLSForm workbooks: https://xlsform.org says what the columns mean."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from surveys.imports.errors import FileRefused
from surveys.languages import language_code

from .conditions import NotReadable, read_expression
from .markup import has_formatting, plain_text
from .outline import Asked, Kind, Option, Outline, Part

SELECT = re.compile(
    r"(select[ _]one|select[ _]multiple|select all that apply|rank)(?:[ _]from(?:_file)?)?"
    r" +(\S+?)( or[ _](?:other|specify))?",
    re.IGNORECASE,
)
LEGACY = re.compile(r"\bfrom ")
TEXTS = {"text", "string"}
NUMBERS = {"integer", "int", "decimal", "range"}
MOMENTS = {"time", "datetime", "dateTime"}
SILENT = {
    *("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber"),
    *("username", "email_metadata", "audit", "calculate", "hidden", "xml-external"),
    *("csv-external", "start-geopoint", "background-audio"),
}
READ_COLUMNS = {"type", "name", "label", "hint", "required", "appearance", "parameters"}
LOST_COLUMNS = {
    "calculation",
    "choice_filter",
    "constraint",
    "default",
    "relevant",
    "repeat_count",
    "trigger",
    "media",
    "image",
    "audio",
    "video",
}
QUIET_COLUMNS = {"constraint_message", "required_message", "readonly", "note", "version"}
BOUND = re.compile(r"\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)")
TRUE = {"yes", "true", "true()", "1", "y"}


@dataclass(slots=True)
class Row:
    """One row of a sheet: its number there, its cells, and its texts by column and language."""

    number: int
    cells: dict
    texts: dict = field(default_factory=dict)

    def __getitem__(self, column):
        return self.cells.get(column, "")

    @property
    def place(self):
        """How the designer finds the row again."""
        return _("row %(row)d") % {"row": self.number}


def outline_of(sheets, *, fallback_language="en"):
    """The outline of a workbook's sheets; raises `FileRefused`."""
    if "survey" not in sheets:
        raise FileRefused(_("The workbook has no sheet “survey”; it is not an XLSForm."))
    return _Reader(sheets, fallback_language).read()


class _Reader:
    def __init__(self, sheets, fallback_language):
        self.outline = Outline(tool="XLSForm")
        settings = next(iter(_plain_rows(sheets.get("settings", []))), {})
        stated = settings.get("default_language", "")
        self.language = language_code(stated) or fallback_language
        self.states_language = bool(language_code(stated))
        self.outline.title = self._texts_of({self.language: settings.get("form_title", "")})
        self.rows = self._rows(sheets["survey"], "survey")
        self.lists = {}
        for row in self._rows(sheets.get("choices", []), "choices"):
            self.lists.setdefault(row["list_name"] or row["list name"], []).append(row)
        self.groups = []  # titles of the groups that are open, and whether each is a grid

    def read(self):
        self._note_language()
        rows = enumerate(self.rows)
        for at, row in rows:
            kind = row["type"]
            opened = re.fullmatch(r"(begin|end)[ _](group|repeat)", kind, re.IGNORECASE)
            if not kind:
                self._without_type(row)
            elif not opened:
                self._question(row)
            elif opened[1].lower() == "end":
                self._close()
            else:
                self._open(at, rows, repeats=opened[2].lower() == "repeat")
        self.outline.parts = [part for part in self.outline.parts if part.questions]
        return self.outline

    def _note_language(self):
        used = {code for row in self.rows for texts in row.texts.values() for code in texts}
        self.outline.default_language = self.language
        if used and self.language not in used:
            self.outline.default_language = sorted(used)[0]
        self.outline.languages = [
            self.outline.default_language,
            *sorted(used - {self.outline.default_language}),
        ]
        if not self.states_language and self.language in used:
            self.outline.approximated(
                "settings",
                _("Language"),
                _("The file does not say in which language it is; “%(code)s” was taken.")
                % {"code": self.language},
            )

    def _open(self, at, rows, *, repeats):
        row = self.rows[at]
        title = self._texts_of(row.texts.get("label", {}))
        if repeats:
            self.outline.approximated(
                row.place, row["name"], _("Questions that repeat are asked once.")
            )
        self._lost_columns(row, besides={"relevant"})
        if self._grid(at, rows):
            self._part().questions[-1].wanted = self._wanted(row)
            return
        if self.groups:
            self.outline.approximated(
                row.place,
                row["name"],
                _("Sections are not nested here; this group is a section of its own."),
            )
        self.groups.append(title)
        self.outline.parts.append(Part(title, place=row.place, wanted=self._wanted(row)))

    def _wanted(self, row):
        """The condition of a row as far as it can be read; what cannot is told."""
        if not row["relevant"]:
            return None
        try:
            return read_expression(row["relevant"])
        except NotReadable:
            words = f"relevant: {row['relevant']}"
            self.outline.dropped(row.place, words, _lost_reasons()["relevant"])
            return None

    def _close(self):
        if self.groups:
            self.groups.pop()
        self.outline.parts.append(Part({}))

    def _grid(self, at, rows):
        """Take a group whose first row carries only the answers' labels as one grid."""
        inner = self.rows[at + 1 : at + 2]
        if not inner or inner[0]["appearance"] != "label":
            return False
        for row in self.rows[at + 2 :]:
            if row["appearance"] != "list-nolabel":
                break
            inner.append(row)
        closes = self.rows[at + 1 + len(inner) : at + 2 + len(inner)]
        if len(inner) < 2 or not (closes and closes[0]["type"].lower().startswith("end")):
            return False
        asked = self._select(inner[0], SELECT.fullmatch(inner[0]["type"]))
        asked.rows = [
            Option(row["name"], self._texts_of(row.texts.get("label", {}))) for row in inner[1:]
        ]
        if asked.kind == Kind.SINGLE_CHOICE:
            asked.kind = Kind.SCALE
        asked.is_required = any(row["required"].lower() in TRUE for row in inner)
        self._part().questions.append(asked)
        for row in inner:
            self._lost_columns(row)
        for _row in range(len(inner) + 1):
            next(rows)
        return True

    def _part(self):
        if not self.outline.parts:
            self.outline.parts.append(Part({}))
        return self.outline.parts[-1]

    def _without_type(self, row):
        if any(row.cells.values()):
            self.outline.dropped(row.place, row["name"], _("The row has no type."))

    def _question(self, row):
        what = next(iter(row.texts.get("label", {}).values()), "") or row["name"]
        if row["type"] in SILENT:
            self.outline.dropped(
                row.place, what, _("“%(type)s” asks the customer nothing.") % {"type": row["type"]}
            )
            return
        select = SELECT.fullmatch(LEGACY.sub("", row["type"]))
        asked = self._select(row, select) if select else self._plain(row)
        if asked is None:
            self.outline.dropped(
                row.place,
                what,
                _("There is no question of the type “%(type)s” here.") % {"type": row["type"]},
            )
            return
        self._part().questions.append(asked)
        self._lost_columns(row, asked, besides={"relevant"})
        asked.wanted = self._wanted(row)

    def _plain(self, row):
        kind = row["type"]
        if kind in TEXTS:
            long = "multiline" in row["appearance"]
            return self._asked(row, Kind.LONG_TEXT if long else Kind.SHORT_TEXT)
        if kind in NUMBERS:
            asked = self._asked(row, Kind.NUMBER)
            asked.given_range = _bounds(row)
            asked.decimals = 0 if kind in {"integer", "int"} else 2
            if kind == "range":
                asked.change = _("The slider is a field for a number.")
            return asked
        if kind == "date":
            return self._asked(row, Kind.DATE)
        if kind in MOMENTS:
            asked = self._asked(row, Kind.SHORT_TEXT)
            asked.change = _("A time is asked for as a short text.")
            return asked
        if kind == "note":
            return self._asked(row, Kind.NOTE)
        if kind in {"acknowledge", "trigger"}:
            asked = self._asked(row, Kind.YES_NO)
            asked.change = _("A box to tick is asked as yes or no.")
            return asked
        return None

    def _select(self, row, match):
        asked = self._asked(row, _kind_of_select(match[1]))
        rows = self.lists.get(match[2], [])
        if not rows:
            self.outline.dropped(
                row.place, match[2], _("The sheet “choices” has no such list of answers.")
            )
        asked.options = [
            Option(choice["name"], self._texts_of(choice.texts.get("label", {}))) for choice in rows
        ]
        if asked.kind == Kind.SINGLE_CHOICE:
            asked.kind = _kind_of_answers(asked, row["appearance"])
        if match[3]:
            asked.other = {}
        asked.is_shuffled = "randomize=true" in row["parameters"].lower().replace(" ", "")
        return asked

    def _asked(self, row, kind):
        label = row.texts.get("label", {})
        if any(map(has_formatting, label.values())):
            self.outline.dropped(
                row.place, row["name"], _("Texts are plain here, without bold words and pictures.")
            )
        required = row["required"].lower()
        if required and required not in TRUE | {"no", "false", "false()", "0", "n"}:
            self.outline.dropped(
                row.place,
                row["required"],
                _("Whether it must be answered cannot depend on others."),
            )
        return Asked(
            place=row.place,
            name=row["name"],
            kind=kind,
            text=self._texts_of(label) or {self.language: row["name"]},
            hint=self._texts_of(row.texts.get("hint", {})),
            is_required=required in TRUE,
        )

    def _lost_columns(self, row, asked=None, besides=()):
        for column, reason in _lost_reasons().items():
            if column in besides:
                continue
            content = row[column]
            if not content and column in row.texts:
                content = next(iter(row.texts[column].values()), "")
            if column == "constraint" and asked and asked.given_range != (None, None):
                continue
            if content:
                self.outline.dropped(row.place, f"{column}: {content}", reason)

    def _rows(self, rows, sheet):
        header = next((cells for cells in rows if any(map(str.strip, cells))), [])
        if not header:
            return []
        columns = [self._column(name) for name in header]
        used = set()
        found = []
        for number, cells in enumerate(rows[rows.index(header) + 1 :], rows.index(header) + 2):
            row = Row(number, {})
            for (name, language), cell in zip(columns, cells, strict=False):
                if not cell.strip():
                    continue
                used.add(name)
                if name in {"label", "hint", "media", "image", "constraint_message"}:
                    row.texts.setdefault(name, {})[language] = cell
                else:
                    row.cells[name] = cell.strip()
            found.append(row)
        if sheet == "survey":
            for name in sorted(used - READ_COLUMNS - LOST_COLUMNS - QUIET_COLUMNS - {""}):
                self.outline.dropped(
                    "survey", name, _("This column means nothing here, and was not read.")
                )
        return found

    def _column(self, name):
        name = re.sub(r"\s*::?\s*", "::", name.strip(), count=1)
        stem, _colon, language = name.partition("::")
        stem = stem.lower().replace("relevance", "relevant")
        stem = "media" if stem.startswith("media") else stem
        code = language_code(language) if language else self.language
        if code is None and stem in {"label", "hint"}:
            code = self.language
            self.outline.approximated(
                "survey",
                name,
                _("The language “%(name)s” is not known; “%(code)s” was taken.")
                % {"name": language, "code": code},
            )
        return stem, code

    def _texts_of(self, texts):
        return {code: plain for code, text in texts.items() if (plain := plain_text(text))}


def _plain_rows(rows):
    header = [name.strip().lower() for name in rows[0]] if rows else []
    return [dict(zip(header, map(str.strip, cells), strict=False)) for cells in rows[1:]]


def _kind_of_select(word):
    word = word.lower().replace(" ", "_")
    return {"select_one": Kind.SINGLE_CHOICE, "rank": Kind.RANKING}.get(word, Kind.MULTIPLE_CHOICE)


def _kind_of_answers(asked, appearance):
    codes = [option.code for option in asked.options]
    if {code.lower() for code in codes} == {"yes", "no"}:
        return Kind.YES_NO
    return Kind.SCALE if "likert" in appearance else Kind.SINGLE_CHOICE


def _bounds(row):
    if row["type"] == "range":
        given = dict(re.findall(r"(start|end)=(-?\d+(?:\.\d+)?)", row["parameters"]))
        return _number(given.get("start")), _number(given.get("end"))
    rest = BOUND.sub("", row["constraint"])
    if re.sub(r"\band\b|[\s()]", "", rest):
        return None, None
    given = dict(BOUND.findall(row["constraint"]))
    return _number(given.get(">=")), _number(given.get("<="))


def _number(text):
    if text is None:
        return None
    number = float(text)
    return int(number) if number.is_integer() else number


def _lost_reasons():
    return {
        "relevant": _("This condition is not read; the question is shown to everybody."),
        "constraint": _("This check of the answer is not made."),
        "choice_filter": _("All answers are shown."),
        "calculation": _("Nothing is calculated."),
        "default": _("No answer is filled in beforehand."),
        "repeat_count": _("Questions that repeat are asked once."),
        "trigger": _("Nothing is calculated."),
        "media": _("Pictures and sounds are not shown."),
        "image": _("Pictures and sounds are not shown."),
        "audio": _("Pictures and sounds are not shown."),
        "video": _("Pictures and sounds are not shown."),
    }
