"""The texts of a draft go out as XLSX and PO and come back."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings

from surveys.definitions.document import checked_document
from surveys.imports.errors import FileRefused
from surveys.selectors.survey_templates import survey_template
from surveys.text_files.reading import read_texts
from surveys.text_files.writing import texts_as_po, texts_as_workbook
from tests.surveys.definitions.documents import documents, small_document

OVERALL = "questions/overall/text"


def bilingual(text="How satisfied are you?"):
    document = small_document(languages=["en", "zh-hans"])
    document["sections"][0]["questions"][0]["text"] = {"en": text}
    return document


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content, name="texts.xlsx", document=None, language="zh-hans"):
    return read_texts(name, content, document or bilingual(), language)


@settings(max_examples=20)
@given(documents())
def test_files_come_back_without_a_change(document):
    document = checked_document(document)
    language = next((c for c in document["languages"] if c != document["default_language"]), None)

    found = read(texts_as_workbook(document), document=document)

    assert (found.changes, found.mistakes) == ([], [])
    if language:
        found = read(texts_as_po(document, language), "t.po", document, language)
        assert (found.changes, found.mistakes) == ([], [])


def test_translated_workbook_is_a_change_of_one_place():
    found = read(
        workbook(["place", "en", "zh-hans"], [OVERALL, "How satisfied are you?", "满意吗？"])
    )

    assert found.by_place == {OVERALL: {"zh-hans": "满意吗？"}}


def test_translated_po_is_a_change_of_one_place():
    content = texts_as_po(bilingual(), "zh-hans").decode()
    marked = f'msgctxt "{OVERALL}"\nmsgid "How satisfied are you?"\nmsgstr ""'
    assert marked in content

    found = read(content.replace(marked, marked[:-2] + '"满意吗？"').encode(), "texts.po")

    assert found.by_place == {OVERALL: {"zh-hans": "满意吗？"}}


def test_empty_cell_leaves_what_is_there():
    document = survey_template("xerox").document

    found = read(workbook(["place", "zh-hans"], [OVERALL, ""]), document=document)

    assert found.changes == []


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula_is_written_as_text(start):
    content = texts_as_workbook(bilingual(start))

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cell = next(row[1] for row in sheet.iter_rows() if row[0].value == OVERALL)

    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", start, True)


def test_mistakes_are_told_by_row_and_nothing_else_is_offered():
    found = read(
        workbook(
            ["place", "zh-hans"],
            ["questions/gone/text", "甲"],
            [OVERALL, "乙"],
            [OVERALL, "丙"],
            ["title", "长" * 5001],
        )
    )

    assert [number for number, _sentence in found.mistakes] == [2, 4, 5]
    sentences = " ".join(sentence for _number, sentence in found.mistakes)
    assert "no text at “questions/gone/text”" in sentences
    assert "stood in row 3 already" in sentences
    assert "longer than 5000" in sentences


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (51 * 1024**2))
    return out.getvalue()


REFUSED = {
    "empty": ("t.xlsx", lambda: b"", "not a readable"),
    "no workbook": ("t.xlsx", lambda: b"PK\x03\x04 rubbish", "not a readable"),
    "bomb": ("t.xlsx", bomb, "unpacks to more than 50 MB"),
    "no place": ("t.xlsx", lambda: workbook(["x", "en"], ["a", "b"]), "needs a column"),
    "no language": ("t.xlsx", lambda: workbook(["place", "fr"], ["a", "b"]), "needs a column"),
    "too large": ("t.xlsx", lambda: b"0" * (5 * 1024**2 + 1), "larger than 5 MB"),
    "other kind": ("t.csv", lambda: b"place,en", "neither an .xlsx nor a .po"),
    "po in Latin-1": ("t.po", lambda: b'msgid "a"\nmsgstr "\xe9"\n', "not a readable PO"),
    "po rubbish": ("t.po", lambda: b'msgid "a\nmsgstr b\n\x00', "not a readable PO"),
}


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_file_that_cannot_be_used_is_refused_in_a_sentence(name, content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        read(content(), name)


def test_po_file_needs_a_language_of_the_survey():
    with pytest.raises(FileRefused, match="Choose the language"):
        read(texts_as_po(bilingual(), "zh-hans"), "t.po", language="fr")
