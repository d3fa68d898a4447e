"""What exporters raise."""


class PdfFailed(Exception):
    """A bulletin could not be drawn; the text is one sentence."""


class ExportFailed(Exception):
    """Answers could not be written to a file; the text is one sentence."""
