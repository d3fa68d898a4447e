"""Reading files back: the text and the tags of a PDF, the figures of a page."""

import csv
import io
import subprocess
import zipfile

import pikepdf
from django.urls import reverse


def text_of(content):
    """The text as a reader would copy it, lines joined."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    )
    return " ".join(done.stdout.decode().split())


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def structure_of(pdf):
    """Names and alternative texts of the tags, depth first."""

    def walk(node):
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node["/S"]), str(node.get("/Alt", ""))
        if not isinstance(node, pikepdf.Dictionary) or "/K" not in node:
            return
        children = node["/K"]
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            yield from walk(child)

    return list(walk(pdf.Root.StructTreeRoot))


def figures_of(client, survey, key):
    """The rows of one table of the figures that a page gives as CSV."""
    file = client.get(reverse("reports:figures_file", args=[survey.slug, "csv"])).content
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        text = archive.read("figures.csv").decode("utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["Key"] == key]
