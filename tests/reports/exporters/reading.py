"""Reading a PDF back: its text and its tags."""

import io
import subprocess

import pikepdf


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
