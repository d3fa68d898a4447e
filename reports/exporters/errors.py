"""What exporters raise."""


class PdfFailed(Exception):
    """A bulletin could not be drawn; the text is one sentence."""
