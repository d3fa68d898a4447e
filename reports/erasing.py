"""What reports keep of a customer who is erased: files of single answers, tags of comments."""

from reports.models import AnswerExport, LastTagging, TaggedComment


def exports_with_answers(responses):
    """Forget every file that may hold one of these answers; gives the folders to remove.

    Whoever is writing one loses the claim on it, and takes its folder away.
    """
    exports = AnswerExport.objects.filter(survey__in=responses.values("survey"))
    keys = list(exports.values_list("pk", flat=True))
    AnswerExport.objects.filter(pk__in=keys).delete()
    return [f"exports/{key}" for key in keys]


def tags_of_comments(responses):
    """Forget how their comments were tagged, also what could be taken back; there is no file."""
    TaggedComment.objects.filter(response__in=responses).delete()
    LastTagging.objects.filter(survey__in=responses.values("survey")).delete()
    return []
