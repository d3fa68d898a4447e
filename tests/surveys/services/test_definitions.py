"""Documents become drafts, and versions become documents."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from surveys.definitions.document import digest_of
from surveys.errors import InvalidDefinition, SurveyError
from surveys.models import Question, SurveyVersion
from surveys.services.definitions import build_draft, export_version
from tests import factories
from tests.surveys.definitions.documents import documents, small_document


def survey_for_document(document):
    return factories.make_survey(
        title=document["title"],
        kind=document["kind"],
        languages=document["languages"],
        default_language=document["default_language"],
    )


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(document=documents())
def test_export_gives_back_what_was_built(document):
    with transaction.atomic():
        version = build_draft(survey=survey_for_document(document), document=document)

        exported = export_version(SurveyVersion.objects.get(pk=version.pk))

        transaction.set_rollback(True)
    assert exported == document
    assert digest_of(exported) == digest_of(document)


def test_export_takes_the_same_number_of_queries(db, django_assert_num_queries):
    version = factories.make_draft(factories.make_survey())
    section = version.sections.first()
    with django_assert_num_queries(5):
        export_version(version)
    factories.make_rating(section, "one_more", role="attribute", position=7)
    factories.make_rating(section, "yet_another", role="attribute", position=8)

    with django_assert_num_queries(5):
        export_version(version)


def test_wrong_document_writes_nothing(db):
    survey = factories.make_survey()
    document = small_document()
    document["sections"][0]["questions"] *= 2

    with pytest.raises(InvalidDefinition):
        build_draft(survey=survey, document=document)

    assert not survey.versions.exists()
    assert not Question.objects.exists()


def test_second_draft_is_refused(db):
    survey = factories.make_survey()
    build_draft(survey=survey, document=small_document())

    with pytest.raises(SurveyError, match="has a draft already"):
        build_draft(survey=survey, document=small_document())
