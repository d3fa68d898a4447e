"""The PDF bulletin: the same results as on the screen, laid out for paper."""

import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
from base64 import b64encode
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.models import Paper
from reports.presentation import curve_view
from reports.summaries import CurveResult, ShownPoint
from reports.words import formatting
from reports.words.definitions import CURVE, definitions

from .contents import Contents
from .errors import PdfFailed
from .sections import made_sections

SHEET = "static:reports/bulletin.css"
FONTS = {
    f"font:{path.name}": str(path)
    for path in sorted((Path(__file__).parent.parent / "fonts").iterdir())
    if path.suffix in (".otf", ".ttf")
}
SECONDS = 90
MEMORY_BYTES = 1024**3

logger = logging.getLogger(__name__)


def bulletin_html(
    view,
    *,
    survey,
    level,
    language,
    paper=Paper.A4,
    scope=(),
    most_questions=None,
    findings=None,
):
    """The page that becomes a bulletin; `view` was made in the same language."""
    with override(language):
        span = view.results.span
        contents = Contents(view, survey, level, most_questions, findings)
        return render_to_string(
            "reports/bulletin/bulletin.html",
            {
                "view": view,
                "level": level,
                "paper": paper,
                "language": language_tag(language),
                "title": f"{view.title} · {view.unit}" if view.unit else view.title,
                "author": settings.ORGANISATION_NAME,
                "organisation_name": settings.ORGANISATION_NAME,
                "description": view.headline,
                "dated": span.last_moment or span.last_day,
                "scope": scope,
                "page_rules": page_rules(paper),
                "sheet": SHEET,
                "sections": [] if view.obstacle else made_sections(contents),
            },
        )


def analysis_html(analysis, *, language):
    """The page of an analysed file; `analysis` is a `reports.analysis.analysis.Analysis`."""
    from reports.analysis.analysis import loyalty_words
    from reports.analysis.text import reason_words

    with override(language):
        return render_to_string(
            "reports/bulletin/analysis.html",
            {
                "analysis": analysis,
                "language": language_tag(language),
                "title": analysis.file,
                "author": settings.ORGANISATION_NAME,
                "loyal": loyalty_words(analysis.rule, analysis.columns.loyalty),
                "rows": formatting.count(analysis.rows),
                "used": formatting.count(analysis.used),
                "unusable": [
                    (formatting.count(n), reason_words(reason, analysis))
                    for reason, n in analysis.unusable.items()
                ],
                "whole": group_view(analysis.whole, analysis.scale),
                "segments": [
                    (f"{analysis.columns.segment}: {group.name}", group_view(group, analysis.scale))
                    for group in analysis.segments
                ],
                "page_rules": page_rules(),
                "sheet": SHEET,
                "definitions": definitions(CURVE),
                "level": "full",
            },
        )


def write_analysis(analysis, path, *, language):
    """Write the bulletin of an analysed file; raises `PdfFailed` or `OSError`."""
    write_file(path, render_pdf(analysis_html(analysis, language=language)))


def group_view(group, scale):
    """The view of one curve of a file, in which nothing is hidden."""
    curve = CurveResult(
        loyalty=None,
        scale=scale,
        points=tuple(ShownPoint(p.score, p.n, p.loyal, p.share) for p in group.points),
        curve=group.curve,
        bend=group.bend,
        findings=group.findings,
        base=group.curve.base,
    )
    return curve_view(curve)


def render_pdf(*pages, most_pages=None):
    """Bytes of the PDF; equal for equal pages. Raises `PdfFailed` with a sentence.

    Of several pages, given from the longest to the shortest, the first is drawn
    that takes no more than `most_pages`.
    """
    document = {
        "pages": pages,
        "most_pages": most_pages,
        "memory_bytes": MEMORY_BYTES,
        "files": {SHEET: finders.find("reports/bulletin.css"), **FONTS},
        "identifier": hashlib.sha256(pages[0].encode()).hexdigest()[:32],
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "reports.exporters.pdf_process"],
            input=json.dumps(document).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=settings.BASE_DIR,
            env={key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ},
        )
    except subprocess.TimeoutExpired:
        raise PdfFailed(_("The bulletin took longer than its time limit.")) from None
    told = done.stderr.decode(errors="replace").strip()
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise PdfFailed(_failure(told))
    if told:
        logger.warning("The renderer said: %s", told)
    return done.stdout


def write_file(path, content):
    """Write a file whole or not at all; raises `PdfFailed` with the reason."""
    try:
        _write_whole(Path(path), content)
    except OSError as problem:
        reason = {"file": path, "reason": problem.strerror or problem}
        raise PdfFailed(_("%(file)s could not be written: %(reason)s.") % reason) from problem


def _write_whole(path, content):
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def language_tag(language):
    """A language as documents name it: zh-Hans, not zh-hans."""
    head, _dash, script = language.partition("-")
    return f"{head}-{script.title()}" if script else head


def page_rules(paper=Paper.A4):
    """A style sheet with the size of the paper and "Page x of y", in the active language."""
    text = _("Page %(page)s of %(pages)s") % {"page": "\x00p\x00", "pages": "\x00n\x00"}
    counters = {"p": "counter(page)", "n": "counter(pages)"}
    parts = [
        counters.get(piece, json.dumps(piece, ensure_ascii=False))
        for piece in text.split("\x00")
        if piece
    ]
    counter = f"@bottom-right {{ content: {' '.join(parts)} }}"
    css = f"@page {{ size: {paper}; {counter} }}"
    return f"data:text/css;base64,{b64encode(css.encode()).decode()}"


def _failure(told):
    if "cannot load library" in told:
        return _(
            "The bulletin cannot be drawn: Pango is not installed. "
            "Install libpango-1.0-0 and libpangoft2-1.0-0."
        )
    if "MemoryError" in told:
        return _("The bulletin needs more memory than its limit.")
    last = told.splitlines()[-1] if told else _("the renderer ended without a word")
    return _("The bulletin could not be drawn: %(reason)s") % {"reason": last}
