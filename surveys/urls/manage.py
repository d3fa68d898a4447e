"""Addresses of the staff pages for surveys."""

from django.urls import path

from surveys.views.manage import (
    after_answering,
    appearance,
    dimensions,
    draft,
    files,
    library,
    links,
    preview,
    questions,
    sections,
    surveys,
    templates,
    translations,
    versions,
)

EDIT = "manage/surveys/<slug:slug>/edit/"
LINKS = "manage/surveys/<slug:slug>/links/"
AFTER = "manage/surveys/<slug:slug>/after-answering/"

urlpatterns = [
    path("manage/surveys/", surveys.survey_list, name="survey_list"),
    path("manage/new-survey/", surveys.survey_create, name="survey_create"),
    path("manage/templates/<slug:code>/", templates.template_detail, name="template_detail"),
    path("manage/templates/<slug:code>/page/", templates.template_page, name="template_page"),
    path(
        "manage/saved-templates/<int:pk>/remove/",
        templates.template_remove,
        name="template_remove",
    ),
    path(
        "manage/surveys/<slug:slug>/save-as-template/",
        templates.save_template,
        name="save_template",
    ),
    path("manage/import-survey/", files.survey_import, name="survey_import"),
    path("manage/surveys/<slug:slug>/", surveys.survey_detail, name="survey_detail"),
    path(
        "manage/surveys/<slug:slug>/settings/",
        surveys.survey_settings,
        name="survey_settings",
    ),
    path("manage/surveys/<slug:slug>/publish/", surveys.survey_publish, name="survey_publish"),
    path(
        "manage/surveys/<slug:slug>/next-draft/",
        surveys.survey_next_draft,
        name="survey_next_draft",
    ),
    path("manage/surveys/<slug:slug>/close/", surveys.survey_close, name="survey_close"),
    path("manage/surveys/<slug:slug>/reopen/", surveys.survey_reopen, name="survey_reopen"),
    path(
        "manage/surveys/<slug:slug>/compare/",
        versions.version_compare,
        name="version_compare",
    ),
    path("manage/surveys/<slug:slug>/preview/", preview.survey_preview, name="survey_preview"),
    path(
        "manage/surveys/<slug:slug>/preview/page/",
        preview.preview_page,
        name="preview_page",
    ),
    path("manage/surveys/<slug:slug>/import/", files.draft_import, name="draft_import"),
    path(
        "manage/surveys/<slug:slug>/import-report/",
        files.import_report,
        name="import_report",
    ),
    path("manage/surveys/<slug:slug>/export/", files.survey_export, name="survey_export"),
    path("manage/surveys/<slug:slug>/print/", files.survey_print, name="survey_print"),
    path(EDIT, draft.survey_edit, name="survey_edit"),
    path(EDIT + "questions/", questions.question_add, name="question_add"),
    path(EDIT + "questions/<slug:key>/", questions.question_edit, name="question_edit"),
    path(EDIT + "translate/", translations.translate, name="translate"),
    path(EDIT + "texts/", translations.texts_export, name="texts_export"),
    path(EDIT + "texts/preview/", translations.texts_preview, name="texts_preview"),
    path(EDIT + "texts/apply/", translations.texts_apply, name="texts_apply"),
    path(EDIT + "library/", library.library, name="question_library"),
    path(
        EDIT + "library/<int:pk>/remove/",
        library.saved_question_remove,
        name="saved_question_remove",
    ),
    path(EDIT + "questions/<slug:key>/keep/", library.question_keep, name="question_keep"),
    path(EDIT + "questions/<slug:key>/move/", questions.question_move, name="question_move"),
    path(
        EDIT + "questions/<slug:key>/remove/",
        questions.question_remove,
        name="question_remove",
    ),
    path(EDIT + "removed/<int:pk>/put-back/", draft.put_back, name="put_back"),
    path(EDIT + "sections/", sections.section_add, name="section_add"),
    path(EDIT + "sections/<int:pk>/", sections.section_edit, name="section_edit"),
    path(EDIT + "sections/<int:pk>/move/", sections.section_move, name="section_move"),
    path(EDIT + "sections/<int:pk>/remove/", sections.section_remove, name="section_remove"),
    path(EDIT + "dimensions/", dimensions.dimension_list, name="dimension_list"),
    path(
        EDIT + "ready-dimensions/",
        dimensions.dimension_ready_set,
        name="dimension_ready_set",
    ),
    path(EDIT + "dimensions/<slug:key>/", dimensions.dimension_edit, name="dimension_edit"),
    path(
        EDIT + "dimensions/<slug:key>/remove/",
        dimensions.dimension_remove,
        name="dimension_remove",
    ),
    path(
        EDIT + "removed-dimension/put-back/",
        dimensions.dimension_put_back,
        name="dimension_put_back",
    ),
    path(LINKS, links.link_list, name="link_list"),
    path(LINKS + "add/", links.link_add, name="link_add"),
    path(LINKS + "<int:pk>/", links.link_edit, name="link_edit"),
    path(LINKS + "<int:pk>/open/", links.link_open, name="link_open"),
    path(LINKS + "<int:pk>/close/", links.link_close, name="link_close"),
    path(LINKS + "<int:pk>/qr.svg", links.link_qr, name="link_qr"),
    path(LINKS + "<int:pk>/qr.png", links.link_qr_bitmap, name="link_qr_bitmap"),
    path(LINKS + "<int:pk>/poster/", links.link_poster, name="link_poster"),
    path("manage/surveys/<slug:slug>/appearance/", appearance.appearance, name="appearance"),
    path(AFTER, after_answering.after_answering, name="after_answering"),
    path(AFTER + "codes/", after_answering.reward_codes, name="reward_codes"),
    path(
        AFTER + "codes/remove/",
        after_answering.reward_codes_remove,
        name="reward_codes_remove",
    ),
    path(
        "manage/surveys/<slug:slug>/personal-link/",
        links.personal_link,
        name="personal_link",
    ),
]
