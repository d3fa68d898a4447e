"""A page that is compressed beforehand, piece by piece, is the page that everybody else gets."""

import gzip

import pytest

from surveys.views.respond.stencil import Stencil, slot
from tests import factories

WORDS = [b"a", "é 文".encode(), b"x" * 300]
LAYOUTS = {
    "no slot": "<p>Same for all</p>",
    "between": f"<p>{slot(0)}</p><b>{slot(2)}</b>",
    "at the ends": f"{slot(1)}<p>文字</p>{slot(0)}",
    "side by side, twice": f"{slot(2)}{slot(1)}{slot(2)}",
}


@pytest.mark.parametrize("html", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_compressed_pieces_unfold_to_the_filled_page(html):
    stencil = Stencil(html)
    expected = html
    for number, word in enumerate(WORDS):
        expected = expected.replace(slot(number), word.decode())

    assert gzip.decompress(stencil.gzipped(WORDS)).decode() == expected
    assert stencil.filled(WORDS).decode() == expected


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "gzip"), ("br", None)])
def test_page_is_compressed_for_browsers_that_take_it(client, single_page, accepted, encoding):
    address = f"/s/{factories.make_public_link(single_page).slug}/"

    page = client.get(address, headers={"Accept-Encoding": accepted})

    body = gzip.decompress(page.content) if encoding else page.content
    assert page.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in page["Vary"]
    assert f'action="{address}"' in body.decode()
    assert int(page["Content-Length"]) == len(page.content)
