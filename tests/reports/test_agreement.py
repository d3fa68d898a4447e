"""One figure everywhere: screen, CSV, XLSX and PDF agree with a recomputation of its own.

The recomputation knows the answers only as they stand in the exported file of
answers, uses nothing of ours, and rounds by itself.
"""

import csv
import html
import io
import math
import random
import re
import subprocess
import zipfile
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest
from django.urls import reverse

from reports.answer_files.table import answer_table
from reports.dataset import Selection
from reports.exporters.answer_files import WRITERS
from reports.exporters.bulletin import draw_bulletin
from surveys.models import Unit
from tests import factories
from tests.reports.rows import make_rows

Z = 1.959963984540054
NAMES = {"top_box": "Top box", "mean_score": "Mean", "nps": "Net Promoter Score"}


def shown(value, places):
    """A number as a reader rounds it, with a true minus."""
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{exact:,}".replace("-", "\u2212")


def percent(count, base):
    return f"{shown(float(Decimal(100 * count) / base), 1)}%"


def wilson(count, base):
    """Both ends of the interval of a share, as percentages."""
    share, square = count / base, Z * Z
    middle = share + square / (2 * base)
    reach = Z * math.sqrt(share * (1 - share) / base + square / (4 * base * base))
    ends = [(middle + side * reach) / (1 + square / base) for side in (-1, 1)]
    low, high = max(0.0, ends[0]), min(1.0, ends[1])
    return [0.0 if count == 0 else low, 1.0 if count == base else high]


def recomputed(rows):
    """What the results page should say, as text, from the rows of a file of answers."""
    scores = [int(row["overall"]) for row in rows if row["overall"]]
    base, top = len(scores), sum(score == 5 for score in scores)
    figures = {
        "top_box": percent(top, base),
        "mean_score": shown(sum(scores) / base, 2),
        "exact_top_box": top / base,
        "exact_interval": wilson(top, base),
        "base": base,
    }
    given = [int(row["recommend"]) for row in rows if row["recommend"]]
    points = 100 * (sum(n >= 9 for n in given) - sum(n <= 6 for n in given)) / len(given)
    figures["nps"] = ("+" if Decimal(shown(points, 0).replace("\u2212", "-")) > 0 else "") + shown(
        points, 0
    )
    curve = {}
    for score in range(1, 6):
        stated = [int(r["again"]) for r in rows if r["overall"] == str(score) and r["again"]]
        curve[score] = (sum(answer >= 4 for answer in stated), len(stated))
    return figures | {"curve": curve}


def exported_rows(survey, folder, **wishes):
    table = answer_table(Selection(survey, **wishes), cells="codes", language="en")
    path = folder / "answers.zip"
    WRITERS["csv"](table, path, lambda rows: rows)
    with zipfile.ZipFile(path) as archive:
        text = archive.read("answers.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def narrowed(rows, codes):
    """The rows of some units."""
    return rows if codes is None else [row for row in rows if row["response.unit"] in codes]


def screen_figures(client, survey, query):
    page = client.get(reverse("reports:results", args=[survey.slug]), query).content.decode()
    page = html.unescape(page)
    pattern = r'data-metric="(\w+)".*?metric-value">([^<]+)<'
    return dict(re.findall(pattern, page, re.DOTALL))


def csv_figures(client, survey, query):
    content = client.get(reverse("reports:figures_file", args=[survey.slug, "csv"]), query).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("figures.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet_figures(client, survey, query):
    content = client.get(reverse("reports:figures_file", args=[survey.slug, "xlsx"]), query).content
    rows = openpyxl.load_workbook(io.BytesIO(content))["Overall"].iter_rows(values_only=True)
    head = next(rows)
    return [dict(zip(head, row, strict=True)) for row in rows]


def one(rows, **wanted):
    found = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    assert len(found) == 1, wanted
    return found[0]


def pdf_text(survey, unit):
    drawn = draw_bulletin(survey=survey, unit=unit, level="manager", language="en")
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=drawn.content, capture_output=True, check=True
    )
    return done.stdout.decode()


def questions_of(generator, survey):
    """A random filter: a unit (or all), and whether what staff left out is counted."""
    asked = Unit.objects.filter(placements__responses__survey=survey).values_list("path", flat=True)
    paths = set(asked)
    units = [None] + [
        unit
        for unit in Unit.objects.order_by("path")
        if any(path.startswith(unit.path) for path in paths)
    ]
    unit = generator.choice(units)
    excluded = generator.random() < 0.5 and unit is None
    query = {"unit": unit.code} if unit else {}
    codes = unit and set(
        Unit.objects.filter(path__startswith=unit.path).values_list("code", flat=True)
    )
    return unit, codes, query | ({"excluded": "1"} if excluded else {}), excluded


def compare(client, survey, generator, folder, *, with_pdf):
    """Everything that is shown of one random filter against the recomputation."""
    unit, codes, query, excluded = questions_of(generator, survey)
    rows = narrowed(exported_rows(survey, folder, with_excluded=excluded), codes)
    expected = recomputed(rows)

    screen = screen_figures(client, survey, query)
    table, sheet = csv_figures(client, survey, query), sheet_figures(client, survey, query)

    for key, name in (
        ("top_box", "Top box"),
        ("mean_score", "Mean"),
        ("nps", "Net Promoter Score"),
    ):
        in_csv, in_sheet = one(table, Key="overall", Figure=name), one(sheet, Figure=name)
        found = {screen[key], in_csv["As shown"], in_sheet["As shown"]}
        assert found == {expected[key]}, (key, query)
        assert float(in_csv["Value"]) == pytest.approx(in_sheet["Value"], rel=1e-14)
    top = one(table, Key="overall", Figure="Top box")
    assert float(top["Value"]) == pytest.approx(expected["exact_top_box"], abs=1e-12)
    ends = [float(top["Low"]), float(top["High"])]
    assert ends == pytest.approx(expected["exact_interval"], abs=1e-9)
    assert int(top["Base"]) == expected["base"]
    for score, (loyal, base) in expected["curve"].items():
        share = one(table, Key="curve_stated", Row=str(score), Figure="Loyal")
        if share["Value"]:
            assert float(share["Value"]) == pytest.approx(loyal / base, abs=1e-12)
            assert share["As shown"] == percent(loyal, base)
        assert int(share["Base"]) == base
    if with_pdf and not excluded:
        text = pdf_text(survey, unit)
        assert not [key for key in NAMES if expected[key] not in text]


def surveys_to_compare(seed):
    survey = factories.make_published_survey()
    make_rows(survey, random.Random(seed), 250)
    leave_out = survey.responses.order_by("submitted_at", "pk").values_list("pk", flat=True)[:20]
    survey.responses.filter(pk__in=list(leave_out)).update(is_excluded=True)
    return survey


def test_eight_random_filters_agree_everywhere(staff_client, tmp_path):
    generator = random.Random(15)
    survey = surveys_to_compare(15)

    for number in range(8):
        compare(staff_client, survey, generator, tmp_path, with_pdf=number == 0)


@pytest.mark.long
def test_fifty_random_filters_agree_everywhere(staff_client, tmp_path):
    generator = random.Random(50)

    for seed in range(10):
        survey = surveys_to_compare(seed)
        for _ in range(5):
            compare(staff_client, survey, generator, tmp_path, with_pdf=True)


def test_a_figure_of_other_answers_is_noticed(staff_client, tmp_path):
    """The control: with answers that were never given the comparison fails."""
    survey = surveys_to_compare(3)
    rows = exported_rows(survey, tmp_path)
    changed = [row | {"overall": "5"} if place < 5 else row for place, row in enumerate(rows)]

    screen = screen_figures(staff_client, survey, {})

    assert screen["top_box"] == recomputed(rows)["top_box"] != recomputed(changed)["top_box"]
