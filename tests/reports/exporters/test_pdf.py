"""The bulletin as a file: tagged, complete, the same figures, the same bytes, nothing fetched."""

import json
import random
import re
import subprocess
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from reports.dataset import Selection
from reports.exporters import pdf as exporter
from reports.exporters.bulletin import draw_bulletin
from reports.exporters.errors import PdfFailed
from reports.exporters.pdf import render_pdf, write_file
from reports.exporters.pdf_process import render
from reports.models import StoredResult
from reports.presentation import results_view
from reports.summaries import survey_results
from surveys.enums import MeasureRole
from tests import factories
from tests.reports.exporters.reading import opened, structure_of, text_of
from tests.reports.rows import make_rows

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def nothing_said(caplog):
    """A bulletin about which the renderer says anything is a failure."""
    yield
    said = [r.getMessage() for r in caplog.records if r.name == "reports.exporters.pdf"]
    assert not said


def drawn(survey, **options):
    wish = {"unit": None, "level": "manager", "language": "en"} | options
    return draw_bulletin(survey=survey, **wish).content


def test_bulletin_is_tagged_titled_and_complete(xerox_survey):
    content = drawn(xerox_survey, level="full")

    with opened(content) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == str(xerox_survey)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        tags = structure_of(pdf)
        assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Figure"} <= {t for t, _alt in tags}
        assert all(alt for tag, alt in tags if tag == "/Figure")
        outline = pdf.open_outline()
        assert len(outline.root[0].children) >= 4
        assert pdf.attachments == {}
        pages = len(pdf.pages)
    text = text_of(content)
    assert f"Page 1 of {pages}" in text
    assert "How sure" in text
    assert "Definitions" in text


def test_file_is_sound_for_another_reader(xerox_survey, tmp_path):
    file = tmp_path / "bulletin.pdf"
    file.write_bytes(drawn(xerox_survey))

    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout
    embedded = [line.split()[-5] for line in fonts.splitlines()[2:]]
    assert set(embedded) == {"yes"}


@pytest.mark.parametrize("level", ["manager", "full"])
def test_same_answers_give_the_same_bytes(xerox_survey, level):
    assert drawn(xerox_survey, level=level) == drawn(xerox_survey, level=level)


def test_charts_are_drawn_in_the_font_of_the_bulletin():
    folder = settings.BASE_DIR / "templates" / "reports" / "charts"
    drawings = "".join(one.read_text() for one in folder.glob("*.svg"))

    fonts = re.findall(r'font-family="(\w+)', drawings)
    assert len(fonts) >= 4
    assert set(fonts) == {"Bulletin"}


def test_other_answers_give_other_bytes(xerox_survey):
    before = drawn(xerox_survey)

    factories.make_response(xerox_survey, {"overall": "5", "again": "5"})

    assert drawn(xerox_survey) != before


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_chinese_bulletin_has_every_glyph(xerox_survey, language):
    xerox_survey.title = {"en": "x", "zh-hans": "客户满意度调查", "zh-hant": "顧客滿意度調查"}
    xerox_survey.save()

    content = drawn(xerox_survey, language=language)

    assert xerox_survey.title[language] in text_of(content)
    with opened(content) as pdf:
        assert str(pdf.Root.Lang) == {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}[language]


def test_a_missing_glyph_is_noticed(caplog):
    """Control: the renderer speaks of a sign that no font has, and we listen."""
    render_pdf(page_with("\U000f1234"))

    said = caplog.text
    caplog.clear()
    assert "glyph" in said


@pytest.mark.parametrize("seed", [1, 2])
def test_page_bulletin_and_json_show_the_same_figures(survey, staff_client, seed):
    make_rows(survey, random.Random(seed), 250)
    view = results_view(survey_results(Selection(survey), with_distributions=True))
    out = StringIO()
    call_command("curve", survey.slug, "--loyalty", "stated", "--json", stdout=out)
    document = json.loads(out.getvalue())

    page = staff_client.get(reverse("reports:curve", args=[survey.slug])).content.decode()
    paper = text_of(drawn(survey, level="full"))

    for point in document["points"]:
        shown = f"{100 * point['share']:.1f}%"
        assert shown in page
        assert shown in paper
    for metric in view.metrics:
        assert metric.value in paper
        assert metric.interval in paper
    for row in view.curve.step.rows:
        assert " ".join(row) in paper


class Listener:
    """A server of this machine that counts who asks it for anything."""

    def __init__(self):
        heard = self.heard = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                heard.append(self.path)
                self.send_response(404)
                self.end_headers()

            def log_message(self, *args):
                """Keep the test's output clean."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def listener():
    server = Listener()
    yield server
    server.close()


def payloads(address, file):
    """Texts that ask the renderer to fetch something."""
    return [
        f'<img src="{address}/img">',
        f'<img srcset="{address}/srcset 2x" src="">',
        f'<link rel="stylesheet" href="{address}/link.css">',
        f'<link rel="attachment" href="{address}/attachment">',
        f'<a rel="attachment" href="{address}/a-attachment">a</a>',
        f'<style>@import url("{address}/import.css");</style>',
        f'<style>p {{ background: url("{address}/background.png") }}</style>',
        f'<style>@font-face {{ font-family: f; src: url("{address}/font.otf") }}'
        "p { font-family: f }</style><p>f</p>",
        f'<style>p::before {{ content: url("{address}/content.png") }}</style><p>c</p>',
        f'<style>li {{ list-style-image: url("{address}/list.png") }}</style><ul><li>l</li></ul>',
        f'<p style="background: url({address}/inline.png)">i</p>',
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/svg.png"/></svg>',
        f'<svg><use href="{address}/use.svg#a"/></svg>',
        f'<object data="{address}/object.svg" type="image/svg+xml"></object>',
        f'<embed src="{address}/embed.svg" type="image/svg+xml">',
        f'<iframe src="{address}/frame"></iframe>',
        f'<base href="{address}/base/"><img src="relative.png">',
        f'<video poster="{address}/poster.png"></video>',
        f'<input type="image" src="{address}/input.png">',
        f'<img src="file://{file}">',
        f'<link rel="attachment" href="file://{file}">',
        f'<object data="file://{file}"></object>',
    ]


def test_hostile_texts_of_a_survey_fetch_nothing(survey, listener, tmp_path):
    """The titles, names and notes of a survey are text, whatever they look like."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    hostile = " ".join(payloads(listener.address, secret))
    survey.title, survey.population = {"en": hostile}, hostile
    survey.selection_rule = hostile
    survey.save()
    make_rows(survey, random.Random(3), 20)

    content = drawn(survey, level="full")

    assert listener.heard == []
    assert b"the secret" not in content
    with opened(content) as pdf:
        assert pdf.attachments == {}


def test_renderer_fetches_nothing_even_when_markup_gets_through(listener, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")

    for payload in payloads(listener.address, secret):
        content = render(page_with(payload), files={}, identifier="0")
        with opened(content) as pdf:
            assert pdf.attachments == {}

    assert listener.heard == []


def test_renderer_without_the_rule_does_fetch(listener, tmp_path):
    """Control: the payloads are real, for WeasyPrint's own fetcher follows them."""
    from weasyprint.urls import URLFetcher

    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")

    for payload in payloads(listener.address, secret):
        render(page_with(payload), files={}, identifier="0", fetcher=URLFetcher(timeout=2))

    print(f"fetched without the rule: {len(set(listener.heard))}")
    assert len(set(listener.heard)) > 5


def page_with(body):
    return f'<html lang="en"><head><title>x</title></head><body><p>x</p>{body}</body></html>'


def test_only_named_files_are_served():
    from reports.exporters.pdf_process import named_files_only

    fetcher = named_files_only({"static:a.css": __file__})

    for address in ("file:///etc/hostname", "http://127.0.0.1/", "static:b.css", "ftp://x/"):
        with pytest.raises(ValueError, match="Nothing is fetched"):
            fetcher.fetch(address)


def test_endless_page_is_ended_at_its_limit(monkeypatch):
    monkeypatch.setattr(exporter, "SECONDS", 2)
    endless = "<p>x</p>" * 200_000

    with pytest.raises(PdfFailed, match="time limit"):
        render_pdf(page_with(endless))


def test_page_that_eats_memory_is_ended_at_its_limit(monkeypatch):
    monkeypatch.setattr(exporter, "MEMORY_BYTES", 200 * 1024**2)
    assert render_pdf(page_with("")).startswith(b"%PDF-")  # control: a short page fits

    with pytest.raises(PdfFailed, match="more memory than its limit"):
        render_pdf(page_with("<p>x</p>" * 100_000))


def fixture_of(survey, kind):
    """The surveys that are hard to lay out."""
    if kind == "longest labels":
        survey.title = {"en": "Wording " * 37}
        survey.population = "A population without any space" * 60
    if kind == "right to left":
        survey.title = {"en": "خدمة العملاء · שירות לקוחות"}
        survey.purpose = "הערכת שביעות רצון · قياس رضا العملاء"
    if kind == "Chinese":
        survey.title = {"en": "顧客滿意度調查 客户满意度"}
    survey.save()
    return survey


@pytest.mark.parametrize(
    ("kind", "paper"),
    [("longest labels", "letter"), ("right to left", "A4"), ("Chinese", "letter")],
)
def test_managers_bulletin_has_two_pages_whatever_the_survey(survey, kind, paper):
    make_rows(survey, random.Random(5), 120)

    content = drawn(fixture_of(survey, kind), paper=paper)

    with opened(content) as pdf:
        assert len(pdf.pages) <= 2
    assert fonts_of(content) <= {"Bulletin", "Bulletin-Arabic", "Bulletin-Hebrew"}  # ours alone


def test_many_questions_still_fit_two_pages_and_say_what_is_left_out(db):
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    for number in range(14):
        factories.make_rating(
            version.sections.first(),
            f"extra{number}",
            role=MeasureRole.ATTRIBUTE,
            position=20 + number,
        )
    factories.publish(version)
    make_rows(survey, random.Random(5), 40)

    content = drawn(survey)

    with opened(content) as pdf:
        assert len(pdf.pages) == 2
    assert "the full bulletin has all of them" in text_of(content)


def fonts_of(content):
    """The families embedded, without the weight."""
    done = subprocess.run(["pdffonts", "-"], input=content, capture_output=True, check=True)
    names = [line.split()[0] for line in done.stdout.decode().splitlines()[2:]]
    return {re.sub(r"^[A-Z]{6}\+|-(Regular|Bold).*$", "", name) for name in names}


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_paper_is_the_one_asked_for(xerox_survey, paper, size):
    with opened(drawn(xerox_survey, paper=paper)) as pdf:
        assert [tuple(round(float(x)) for x in page.mediabox[2:]) for page in pdf.pages] == [
            size
        ] * 2


def test_full_bulletin_prints_the_questions_as_they_were_asked(xerox_survey):
    text = text_of(drawn(xerox_survey, level="full"))

    for question in xerox_survey.versions.get().questions.all():
        assert " ".join(question.text["en"].split()) in text
    assert "The questions as they were asked" in text


def test_full_bulletin_has_every_section_in_contents_and_bookmarks(survey):
    make_rows(survey, random.Random(5), 200)

    content = drawn(survey, level="full", with_comments=True)

    text = text_of(content)
    with opened(content) as pdf, pdf.open_outline() as outline:
        bookmarks = [item.title for item in outline.root[0].children]
    for title in (
        "The trend",
        "Where: units and segments",
        "What goes together with satisfaction",
        "The questions",
        "What customers wrote",
        "Who answered",
        "How it was measured",
    ):
        assert title in bookmarks
        assert re.search(rf"{title} ?\.+ ?\d+", text)


def test_bulletin_reads_stored_drivers_and_computes_none(survey):
    make_rows(survey, random.Random(5), 200)

    assert "have not been computed yet" in text_of(drawn(survey, level="full"))
    assert not StoredResult.objects.exists()


def test_long_tables_say_what_they_leave_out(survey):
    for number in range(20):
        placement = factories.make_unit(f"Branch {number:02}").placement
        rows = [{"answers": {"overall": str(1 + n % 5)}, "placement": placement} for n in range(12)]
        start = datetime(2026, 3, 1, tzinfo=UTC)
        factories.make_responses(survey, [row | {"submitted_at": start} for row in rows])

    assert "15 of 20 rows; the page on the screen has all of them." in text_of(
        drawn(survey, level="full")
    )


def test_managers_bulletin_has_every_question_with_figures(xerox_survey):
    text = text_of(drawn(xerox_survey))

    assert "4 of 5 questions; the full bulletin has all of them." in text  # one is written
    for name in ("overall", "again", "recommend", "staff"):
        assert f"How about {name}?" in text


def test_file_is_written_whole_or_not_at_all(tmp_path):
    file = tmp_path / "bulletin.pdf"
    file.write_bytes(b"old")

    with pytest.raises(TypeError):
        write_file(file, "not bytes")

    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_report_command_writes_a_file(xerox_survey, tmp_path):
    file = tmp_path / "bulletin.pdf"

    call_command("report", xerox_survey.slug, "--out", str(file), stdout=StringIO())

    assert "6.0 times the rate" in text_of(file.read_bytes())


@pytest.mark.parametrize("arguments", [["nothing"], ["{slug}", "--unit", "nowhere"]])
def test_report_command_says_what_is_not_there(survey, tmp_path, arguments):
    errors = StringIO()
    given = [argument.format(slug=survey.slug) for argument in arguments]

    with pytest.raises(SystemExit) as stopped:
        call_command("report", *given, "--out", str(tmp_path / "x.pdf"), stderr=errors)

    assert stopped.value.code == 2
    assert re.match(r"There is no (survey|unit) “\w+”\.\n", errors.getvalue())
    assert list(tmp_path.iterdir()) == []


def test_analysed_file_gets_a_bulletin(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("score,loyal,region\n" + "5,1,n\n5,0,s\n4,0,n\n4,0,s\n" * 20 + ",1,n\n")
    out = tmp_path / "curve.pdf"

    call_command(
        *("analyse", str(file), "--score", "score", "--loyalty", "loyal"),
        *("--segment", "region", "--pdf", str(out)),
        stdout=StringIO(),
    )

    text = text_of(out.read_bytes())
    assert "80 of 81 rows used" in text
    assert "In no figure: 1 rows, score is blank" in text
    assert "region: n" in text
