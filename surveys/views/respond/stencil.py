"""A page that differs from customer to customer in a few words only: made once, filled in often.

It is compressed once, too. Deflate (RFC 1951) lets a stream be cut: what is the
same for all is compressed beforehand, each piece on its own, and the words of
one customer stand between the pieces as they are.
"""

import re
import secrets
import struct
import zlib

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.html import escape

ACCEPTS_GZIP = re.compile(r"\bgzip\b")
MARK = secrets.token_hex(8)  # no text of a survey can hold it
SLOT = re.compile(rf"{MARK}\.(\d+)\.")
GZIP_BEGIN = b"\x1f\x8b\x08" + bytes(6) + b"\xff"  # deflate; no name, no time, no system
DEFLATE_END = b"\x03\x00"  # an empty last block


def slot(number):
    """What stands in a template's context in the place of a word that is filled in later."""
    return f"{MARK}.{number}."


class Stencil:
    """HTML with slots."""

    def __init__(self, html):
        cut = SLOT.split(html)
        self._pieces = [piece.encode() for piece in cut[::2]]
        self._deflated = [_deflated(piece) for piece in self._pieces]
        self._slots = [int(number) for number in cut[1::2]]

    def filled(self, words):
        """The page with these words, in UTF-8."""
        return _woven(self._pieces, [words[number] for number in self._slots])

    def gzipped(self, words):
        """The same as a gzip file (RFC 1952)."""
        page = self.filled(words)
        blocks = _woven(self._deflated, [_as_it_is(words[number]) for number in self._slots])
        check = struct.pack("<LL", zlib.crc32(page), len(page))
        return b"".join((GZIP_BEGIN, blocks, DEFLATE_END, check))


class FilledPage(HttpResponse):
    """A stencil with the words of one customer."""

    def __init__(self, stencil, words, **more):
        self._stencil = stencil
        self._words = [escape(word).encode() for word in words]
        super().__init__(stencil.filled(self._words), **more)

    def compress_for(self, request):
        """Send it compressed, if the browser takes that."""
        patch_vary_headers(self, ["Accept-Encoding"])
        if ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")):
            self.content = self._stencil.gzipped(self._words)
            self.headers["Content-Encoding"] = "gzip"


def _woven(pieces, words):
    """A piece, a word, a piece and so on; there is one piece more than words."""
    woven = [pieces[0]]
    for word, piece in zip(words, pieces[1:], strict=True):
        woven += (word, piece)
    return b"".join(woven)


def _deflated(piece):
    """A piece in blocks that point to nothing before it and end with a whole byte."""
    packer = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    return packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)


def _as_it_is(word):
    """A block that is not compressed; as long as an address or an id, never 64 KB."""
    return struct.pack("<BHH", 0, len(word), len(word) ^ 0xFFFF) + word
