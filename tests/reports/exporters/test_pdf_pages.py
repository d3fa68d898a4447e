"""Bulletins that are hard to lay out, page by page: nothing empty, cut off, widowed, missing."""

import subprocess

import pytest
from PIL import Image, ImageOps

from reports.exporters.bulletin import draw_bulletin
from reports.exporters.pdf import render_pdf
from tests.reports.exporters.layouts import LARGE, LAYOUTS
from tests.reports.exporters.reading import opened, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DOTS = 50
MM = DOTS / 25.4
POINT_IN_MM = 25.4 / 72
MOST_BYTES = 1_000_000


def drawn(layout, level):
    options = {"unit": None, "language": "en", "with_comments": True} | layout.options
    return draw_bulletin(survey=layout.survey, level=level, **options).content


def pictures(content, folder):
    """Each page in grey."""
    file = folder / "bulletin.pdf"
    file.write_bytes(content)
    command = ["pdftoppm", "-r", str(DOTS), "-gray", "-png", file, folder / "page"]
    subprocess.run(command, check=True)
    return [Image.open(path).convert("L") for path in sorted(folder.glob("page*.png"))]


def ink(picture, left, top, right, bottom):
    """How many dots of a part of a page are not white; ends are in mm from the edges."""
    width, height = picture.size
    box = (
        round(left * MM),
        round(top * MM),
        width - round(right * MM),
        height - round(bottom * MM),
    )
    return sum(ImageOps.invert(picture.crop(box)).histogram()[40:])


def is_empty(picture):
    return ink(picture, 14, 12, 14, 18) < 150


def is_cut_off(picture):
    """Whether anything stands in the outer margins, where nothing may be."""
    width, height = picture.size
    right, bottom = width / MM - 13, height / MM - 5
    return (
        ink(picture, 0, 0, right, 0) + ink(picture, right, 0, 0, 0) + ink(picture, 0, bottom, 0, 0)
    )


def headings(pdf):
    """For each bookmark how many mm of its page are left under it."""
    pages = {page.objgen: page for page in pdf.pages}
    with pdf.open_outline() as outline:
        todo = list(outline.root)
        while todo:
            item = todo.pop()
            todo += item.children
            page, _kind, _x, y, *_zoom = item.destination
            assert page.objgen in pages
            yield item.title, float(y) * POINT_IN_MM


@pytest.mark.parametrize("level", ["manager", "full"])
@pytest.mark.parametrize("kind", LAYOUTS)
def test_every_page_is_whole(survey, tmp_path, kind, level, caplog):
    layout = LAYOUTS[kind](survey)

    content = drawn(layout, level)

    pages = pictures(content, tmp_path)
    assert [n for n, page in enumerate(pages, 1) if is_empty(page)] == []
    assert [n for n, page in enumerate(pages, 1) if is_cut_off(page)] == []
    assert level == "full" or len(pages) <= 2
    assert len(content) < MOST_BYTES
    assert "nan" not in text_of(content).lower().split()
    assert not [r for r in caplog.records if r.name == "reports.exporters.pdf"]  # missing glyphs
    with opened(content) as pdf:
        assert [title for title, left in headings(pdf) if left < 17 + 20] == []


def page_of(body):
    style = "@page { size: A4; margin: 16mm 18mm 17mm } h2 { bookmark-level: 1 }"
    return f"<html lang='en'><head><title>x</title><style>{style}</style></head><body>{body}</body>"


def test_the_checks_find_what_they_look_for(tmp_path):
    """Control: an empty page, a table beside the paper and a widowed heading are found."""
    wide = "<p style='width: 400mm; background: black'>x</p>"
    content = render_pdf(page_of(f"{wide}<div style='break-before: page'></div><p><br></p>"))

    first, second = pictures(content, tmp_path)

    assert is_cut_off(first)
    assert is_empty(second)
    widowed = render_pdf(page_of("<div style='height: 240mm'>x</div><h2>Alone</h2>"))
    with opened(widowed) as pdf:
        assert [title for title, left in headings(pdf) if left < 17 + 20] == ["Alone"]


@pytest.mark.long
def test_a_hundred_thousand_answers_give_a_bulletin(survey, tmp_path):
    layout = LARGE["hundred thousand"](survey)

    content = drawn(layout, "full")

    assert not any(is_empty(page) or is_cut_off(page) for page in pictures(content, tmp_path))
    counted = layout.survey.responses.filter(is_test=False).count()
    assert f"{counted:,} answers" in text_of(content)
    assert len(content) < MOST_BYTES
