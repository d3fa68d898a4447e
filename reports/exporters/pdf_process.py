"""Draws a PDF in a process of its own, with a limit of memory and time.

It knows no Django and reaches nothing: the parent sends the page and the
files it may use, and takes the PDF. Run as ``python -m
reports.exporters.pdf_process``; a document as JSON comes on standard input.
"""

import json
import logging
import os
import sys
from pathlib import Path

CPU_SECONDS = 60


def render(*pages, files, identifier, most_pages=None, fetcher=None):
    """The PDF of a page; `files` are the only addresses besides ``data:`` that it may use.

    Of several pages the first is drawn that takes no more than `most_pages`, or the last.
    """
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    options = {"pdf_variant": "pdf/ua-1", "font_config": fonts}
    for page in pages:
        html = HTML(string=page, url_fetcher=fetcher or named_files_only(files))
        document = html.render(**options)
        if most_pages is None or len(document.pages) <= most_pages:
            break
    return document.write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode(), custom_metadata=False
    )


def named_files_only(files):
    """A fetcher that serves ``data:`` and the files named, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class NamedFilesOnly(URLFetcher):
        """Refuses every address that was not named beforehand."""

        def fetch(self, url, headers=None):
            """The content of a named file or of a ``data:`` address."""
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if url not in files:
                raise ValueError(f"Nothing is fetched from {url}.")
            path = Path(files[url])
            kind = {".css": "text/css", ".otf": "font/otf", ".ttf": "font/ttf"}[path.suffix]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return NamedFilesOnly(allowed_protocols=["data"], allow_redirects=False)


def limit_resources(memory_bytes):
    """No more memory and processor time than a long bulletin needs."""
    try:
        import resource
    except ImportError:
        return  # not on Windows, where the parent's clock is the only limit
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    if sys.platform != "darwin":  # macOS counts shared libraries and refuses the limit
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def main():
    """Read a document, write its PDF; warnings of the renderer go to standard error."""
    document = json.load(sys.stdin)
    limit_resources(document.pop("memory_bytes"))
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    content = render(*document.pop("pages"), **document)
    with os.fdopen(sys.stdout.fileno(), "wb", closefd=False) as out:
        out.write(content)


if __name__ == "__main__":
    main()
