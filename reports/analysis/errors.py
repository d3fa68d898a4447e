"""What a file can have wrong with it."""


class FileProblem(Exception):
    """A file or option that cannot be used; the text is one sentence for the analyst."""
