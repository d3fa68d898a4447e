"""Opens a survey file in a process of its own, with a limit of memory and time.

It knows no Django settings and no survey: the file comes on standard input,
and plain lists, objects and texts go out as JSON, or the reason why not. Run
as ``python -m surveys.survey_files.unpacking .lss``. A file that explodes
takes this process with it, and nothing else.
"""

import io
import json
import sys
import warnings
import zipfile
from xml.etree.ElementTree import ParseError

MEMORY_BYTES = 280 * 1024**2
CPU_SECONDS = 8
LARGEST_FILE = 8 * 1024**2
LARGEST_UNPACKED = 64 * 1024**2
LARGEST_RESULT = 24 * 1024**2
MOST_PARTS, MOST_ROWS, MOST_COLUMNS, DEEPEST = 2_000, 20_000, 500, 60
SHEETS = ("survey", "choices", "settings")
PACKED, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Refusal(Exception):
    """Why a file cannot be opened: a word that the parent knows, and figures for its sentence."""

    def __init__(self, word, **figures):
        super().__init__(word)
        self.word, self.figures = word, figures


def unpack(content, suffix):
    """What a file holds, as plain values; raises `Refusal`."""
    if not content.strip():
        raise Refusal("empty")
    if len(content) > LARGEST_FILE:
        raise Refusal("large", limit=LARGEST_FILE // 1024**2)
    if content.startswith(OLD_EXCEL):
        raise Refusal("old_excel")
    found = _kind_of(content)
    if found != KINDS[suffix]:
        raise Refusal("other_kind" if found else "unknown_kind")
    return OPENERS[found](content)


def tables_in(content):
    """The tables of a LimeSurvey file: for each its rows, a row as texts by column."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Refusal("entities") from None
    except (ParseError, LookupError, ValueError) as error:
        line, column = getattr(error, "position", (1, 0))
        raise Refusal("not_xml", line=line, column=column + 1) from None
    tables = {"": [{"root": root.tag, **{part.tag: part.text or "" for part in root}}]}
    tables["languages"] = [{"language": part.text or ""} for part in root.findall("languages/*")]
    for part in root:
        rows = part.find("rows")
        if rows is not None:
            tables[part.tag] = [{cell.tag: cell.text or "" for cell in row} for row in rows]
    if sum(map(len, tables.values())) > MOST_ROWS:
        raise Refusal("rows", limit=MOST_ROWS)
    return tables


def value_in(content):
    """The value of a JSON file."""
    try:
        value = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Refusal("not_utf8") from None
    except json.JSONDecodeError as error:
        raise Refusal("not_json", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise Refusal("deep", limit=DEEPEST) from None
    except ValueError:  # a number of thousands of digits
        raise Refusal("number") from None
    _refuse_depth(value)
    return value


def sheets_in(content):
    """The three sheets of an XLSForm, each as its rows of texts."""
    from defusedxml import DefusedXmlException
    from openpyxl import load_workbook

    try:
        _refuse_bomb(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            named = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
            return {name: _rows(named[name]) for name in SHEETS if name in named}
    except (Refusal, MemoryError):
        raise
    except DefusedXmlException:
        raise Refusal("entities") from None
    except Exception:  # a broken archive fails in many ways inside openpyxl
        raise Refusal("not_workbook") from None


def _rows(sheet):
    from surveys.imports.table_files import as_text

    sheet.reset_dimensions()  # a file may claim a million columns and have three
    rows = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if len(cells) > MOST_COLUMNS:
            raise Refusal("columns", limit=MOST_COLUMNS, sheet=sheet.title, row=number)
        if number > MOST_ROWS:
            raise Refusal("rows", limit=MOST_ROWS)
        rows.append([as_text(cell) for cell in cells])
    return rows


def _refuse_bomb(content):
    """Stop before unpacking when the parts are too big; what they claim is what can be read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refusal("unpacked", limit=LARGEST_UNPACKED // 1024**2)


def _kind_of(content):
    if content.startswith(PACKED):
        return "xlsx"
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return {b"<": "xml", b"{": "json", b"[": "json"}.get(start, "")


def _refuse_depth(value):
    layer = [value]
    for _depth in range(DEEPEST):
        inner = [part for part in layer if isinstance(part, list | dict)]
        layer = [
            child for part in inner for child in (part.values() if isinstance(part, dict) else part)
        ]
        if not layer:
            return
    raise Refusal("deep", limit=DEEPEST)


def _no_number(_word):
    raise ValueError


KINDS = {".lss": "xml", ".qsf": "json", ".json": "json", ".xlsx": "xlsx"}
OPENERS = {"xml": tables_in, "json": value_in, "xlsx": sheets_in}


def limit_resources():
    """No more memory and processor time than a large survey needs."""
    try:
        import resource
    except ImportError:
        return  # not on Windows, where the parent's clock is the only limit
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    if sys.platform != "darwin":  # macOS counts shared libraries and refuses the limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main():
    """Read a file, write what it holds; an end without an answer means that a limit was reached."""
    import defusedxml

    limit_resources()
    defusedxml.defuse_stdlib()  # openpyxl reads its sheets with the plain library
    content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    try:
        answer = json.dumps({"content": unpack(content, sys.argv[1])})
        if len(answer) > LARGEST_RESULT:
            raise Refusal("content", limit=LARGEST_RESULT // 1024**2)
    except Refusal as refusal:
        answer = json.dumps({"refusal": refusal.word, "figures": refusal.figures})
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
