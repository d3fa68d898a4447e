"""Files that mean harm, or are broken: one sentence, soon, in little memory, and nothing stored."""

import io
import json
import resource
import subprocess
import sys
import zipfile
from functools import cache

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.imports.errors import FileRefused
from surveys.models import ImportReport, Survey, SurveyVersion
from surveys.survey_files import unpacking
from surveys.survey_files.opening import open_survey_file
from surveys.survey_files.reading import read_survey_file
from tests.measured import seconds_and_megabytes
from tests.surveys.imports.conftest import nothing_written

from . import files

XXE = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>&x;</DBVersion></document>"""
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "'
    + b"ha" * 50
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 20) for at in range(9))
    + b"]><document><DBVersion>&j;</DBVersion></document>"
)


def packed(parts, *, compression=zipfile.ZIP_DEFLATED):
    """An archive with these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def workbook_with(**parts):
    """A good workbook in which some parts are others."""
    with zipfile.ZipFile(io.BytesIO(files.xlsform())) as archive:
        good = {name: archive.read(name) for name in archive.namelist()}
    return packed(good | {name.replace("__", "/") + ".xml": part for name, part in parts.items()})


@cache
def bomb():
    """Eighty megabytes of zeros in as many kilobytes: the sizes are true."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _megabyte in range(80):
            part.write(b"\0" * 1024**2)
    return content.getvalue()


def lying_bomb():
    """The same, but the archive says that it is small."""
    content = bytearray(bomb())
    size = (80 * 1024**2).to_bytes(4, "little")
    return bytes(content).replace(size, (1000).to_bytes(4, "little"))


HOSTILE = {
    "entity of a file": ("a.lss", lambda: XXE),
    "billion laughs": ("a.lss", lambda: LAUGHS),
    "millions of elements": ("a.lss", lambda: b"<d>" + b"<a/>" * 1_900_000 + b"</d>"),
    "deep elements": ("a.lss", lambda: b"<a>" * 300_000),
    "deep and closed": ("a.lss", lambda: b"<a>" * 200_000 + b"</a>" * 200_000),
    "truncated lss": ("a.lss", lambda: files.lss()[:900]),
    "other xml": ("a.lss", lambda: b"<html><body>Hello</body></html>"),
    "NUL in xml": ("a.lss", lambda: files.lss().replace(b"A visit", b"A\0visit")),
    "unknown encoding": ("a.lss", lambda: b'<?xml version="1.0" encoding="klingon"?><a/>'),
    "empty": ("a.lss", lambda: b""),
    "only blanks": ("a.json", lambda: b" \n\n "),
    "too large": ("a.json", lambda: b"[" + b"1," * 5_000_000 + b"1]"),
    "many numbers": ("a.json", lambda: b"[" + b"1," * 2_000_000 + b"1]"),
    "deep lists": ("a.json", lambda: b"[" * 200_000 + b"]" * 200_000),
    "rather deep": ("a.json", lambda: b'{"a":' * 500 + b"1" + b"}" * 500),
    "long number": ("a.qsf", lambda: b'{"SurveyEntry": ' + b"9" * 100_000 + b"}"),
    "no number": ("a.qsf", lambda: b'{"SurveyEntry": NaN}'),
    "truncated qsf": ("a.qsf", lambda: files.qsf(files.asked("TE", "SL"))[:200]),
    "half a sign": ("a.qsf", lambda: files.qsf(files.asked("TE", "SL", "\ud800"))),
    "NUL in a text": ("a.qsf", lambda: files.qsf(files.asked("TE", "SL", "a\0b"))),
    "latin-1": ("a.json", lambda: '{"title": "Zürich"}'.encode("latin-1")),
    "a list": ("a.json", lambda: b"[1, 2]"),
    "nothing in it": ("a.qsf", lambda: b"{}"),
    "elements are texts": ("a.qsf", lambda: b'{"SurveyEntry": {}, "SurveyElements": ["SQ"]}'),
    "entry is a number": ("a.qsf", lambda: b'{"SurveyEntry": 1, "SurveyElements": []}'),
    "unknown member": ("a.json", lambda: json.dumps({"title": {"en": "x"}, "x": 1}).encode()),
    "zip bomb": ("a.xlsx", bomb),
    "zip bomb that lies": ("a.xlsx", lying_bomb),
    "parts without end": ("a.xlsx", lambda: packed({f"x{at}": "" for at in range(5_000)})),
    "climbing name": ("a.xlsx", lambda: packed({"../../outside.txt": "x"})),
    "laughing sheet": ("a.xlsx", lambda: workbook_with(xl__worksheets__sheet1=LAUGHS)),
    "entity in a sheet": ("a.xlsx", lambda: workbook_with(xl__worksheets__sheet1=XXE)),
    "broken sheet": ("a.xlsx", lambda: workbook_with(xl__worksheets__sheet1=b"<a")),
    "truncated xlsx": ("a.xlsx", lambda: files.xlsform()[:2_000]),
    "10,000 columns": (
        "a.xlsx",
        lambda: files.xlsform([["type", "name", *(f"c{at}" for at in range(9_998))]]),
    ),
    "no survey sheet": ("a.xlsx", lambda: workbook_with(xl__workbook=b"<workbook/>")),
    "old excel": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600)),
    "a picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(600)),
    "workbook called lss": ("a.lss", files.xlsform),
    "survey called json": ("a.json", files.lss),
    "other ending": ("a.exe", files.xlsform),
    "no ending": ("survey", files.xlsform),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_with_a_sentence(case):
    name, content = HOSTILE[case]

    with pytest.raises(FileRefused) as refusal:
        read_survey_file(content(), name)

    sentence = str(refusal.value)
    assert sentence.startswith((name, "The file", "The workbook"))
    assert len(sentence) < 300
    assert "Error" not in sentence
    assert "Traceback" not in sentence


@pytest.mark.parametrize("case", ["billion laughs", "zip bomb", "10,000 columns", "deep lists"])
def test_refusal_takes_little_time_and_memory(case):
    name, content = HOSTILE[case]
    script = (
        "import sys; from surveys.survey_files import unpacking as u\n"
        "u.limit_resources()\n"
        "try: u.unpack(sys.stdin.buffer.read(), sys.argv[1]); sys.exit(1)\n"
        "except u.Refusal: pass\n"
    )
    ending = "." + name.rpartition(".")[2]

    seconds, megabytes = seconds_and_megabytes(script, ending, content=content())

    assert seconds < 10
    assert megabytes < 300


def test_much_memory_is_seen():
    """Control: the measure is that of the program."""
    _seconds, megabytes = seconds_and_megabytes("b'x' * (320 * 1024**2)")

    assert 320 < megabytes < 400


def test_limits_are_those_that_were_promised():
    script = (
        "from resource import *; from surveys.survey_files import unpacking as u\n"
        "u.limit_resources(); print(getrlimit(RLIMIT_AS)[0], getrlimit(RLIMIT_CPU)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=settings.BASE_DIR
    )

    memory, seconds = map(int, done.stdout.split())
    assert memory <= 300 * 1024**2
    assert seconds < 10
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != memory


def test_laughing_file_would_explode_without_the_protection():
    """Control: the same entities, few enough to be survived, are expanded by the plain library."""
    from xml.etree.ElementTree import fromstring

    few = (
        b'<!DOCTYPE d [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
        b"<document><DBVersion>&b;</DBVersion></document>"
    )

    assert fromstring(few)[0].text == "haha" * 4
    with pytest.raises(unpacking.Refusal):
        unpacking.tables_in(few)


def test_bomb_would_unpack_without_the_protection(monkeypatch):
    """Control: with a limit above its size the archive is opened and fails only as a workbook."""
    content = packed({"xl/workbook.xml": b"\0" * 2_000_000})
    with pytest.raises(unpacking.Refusal) as opened:
        unpacking.unpack(content, ".xlsx")
    monkeypatch.setattr(unpacking, "LARGEST_UNPACKED", 1_000_000)

    with pytest.raises(unpacking.Refusal) as refused:
        unpacking.unpack(content, ".xlsx")

    assert opened.value.word == "not_workbook"
    assert refused.value.word == "unpacked"


def test_good_files_are_not_refused():
    """Control: the small files from which hostile ones are made can be read."""
    for name, content in (("a.lss", files.lss()), ("a.xlsx", files.xlsform())):
        assert open_survey_file(content, name)[1]
    assert read_survey_file(files.qsf(files.asked("TE", "SL")), "a.qsf").document


@pytest.mark.parametrize("case", ["entity of a file", "zip bomb", "empty", "NUL in a text"])
def test_page_says_what_is_wrong_and_stores_nothing(staff_client, case):
    name, content = HOSTILE[case]
    upload = SimpleUploadedFile(name, content())

    with nothing_written(Survey, SurveyVersion, ImportReport):
        response = staff_client.post(
            reverse("surveys:survey_import"), {"file": upload, "language": "en"}
        )

    assert response.status_code == 200
    assert name in response.context["form"].errors["file"][0] or case == "empty"
