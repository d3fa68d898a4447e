"""A table as a file."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def csv_download(text, name):
    """What a browser stores under this name."""
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
