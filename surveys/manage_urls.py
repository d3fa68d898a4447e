"""Addresses of the staff pages for surveys."""

from django.urls import path

from surveys.views import (
    manage_after_answering,
    manage_appearance,
    manage_dimensions,
    manage_draft,
    manage_files,
    manage_library,
    manage_links,
    manage_preview,
    manage_questions,
    manage_sections,
    manage_surveys,
    manage_templates,
    manage_translations,
    manage_versions,
)

EDIT = "manage/surveys/<slug:slug>/edit/"
LINKS = "manage/surveys/<slug:slug>/links/"
AFTER = "manage/surveys/<slug:slug>/after-answering/"

urlpatterns = [
    path("manage/surveys/", manage_surveys.survey_list, name="survey_list"),
    path("manage/new-survey/", manage_surveys.survey_create, name="survey_create"),
    path("manage/templates/<slug:code>/", manage_templates.template_detail, name="template_detail"),
    path(
        "manage/templates/<slug:code>/page/", manage_templates.template_page, name="template_page"
    ),
    path(
        "manage/saved-templates/<int:pk>/remove/",
        manage_templates.template_remove,
        name="template_remove",
    ),
    path(
        "manage/surveys/<slug:slug>/save-as-template/",
        manage_templates.save_template,
        name="save_template",
    ),
    path("manage/import-survey/", manage_files.survey_import, name="survey_import"),
    path("manage/surveys/<slug:slug>/", manage_surveys.survey_detail, name="survey_detail"),
    path(
        "manage/surveys/<slug:slug>/settings/",
        manage_surveys.survey_settings,
        name="survey_settings",
    ),
    path(
        "manage/surveys/<slug:slug>/publish/", manage_surveys.survey_publish, name="survey_publish"
    ),
    path(
        "manage/surveys/<slug:slug>/next-draft/",
        manage_surveys.survey_next_draft,
        name="survey_next_draft",
    ),
    path("manage/surveys/<slug:slug>/close/", manage_surveys.survey_close, name="survey_close"),
    path("manage/surveys/<slug:slug>/reopen/", manage_surveys.survey_reopen, name="survey_reopen"),
    path(
        "manage/surveys/<slug:slug>/compare/",
        manage_versions.version_compare,
        name="version_compare",
    ),
    path(
        "manage/surveys/<slug:slug>/preview/", manage_preview.survey_preview, name="survey_preview"
    ),
    path(
        "manage/surveys/<slug:slug>/preview/page/",
        manage_preview.preview_page,
        name="preview_page",
    ),
    path("manage/surveys/<slug:slug>/import/", manage_files.draft_import, name="draft_import"),
    path(
        "manage/surveys/<slug:slug>/import-report/",
        manage_files.import_report,
        name="import_report",
    ),
    path("manage/surveys/<slug:slug>/export/", manage_files.survey_export, name="survey_export"),
    path("manage/surveys/<slug:slug>/print/", manage_files.survey_print, name="survey_print"),
    path(EDIT, manage_draft.survey_edit, name="survey_edit"),
    path(EDIT + "questions/", manage_questions.question_add, name="question_add"),
    path(EDIT + "questions/<slug:key>/", manage_questions.question_edit, name="question_edit"),
    path(EDIT + "translate/", manage_translations.translate, name="translate"),
    path(EDIT + "texts/", manage_translations.texts_export, name="texts_export"),
    path(EDIT + "texts/preview/", manage_translations.texts_preview, name="texts_preview"),
    path(EDIT + "texts/apply/", manage_translations.texts_apply, name="texts_apply"),
    path(EDIT + "library/", manage_library.library, name="question_library"),
    path(
        EDIT + "library/<int:pk>/remove/",
        manage_library.saved_question_remove,
        name="saved_question_remove",
    ),
    path(EDIT + "questions/<slug:key>/keep/", manage_library.question_keep, name="question_keep"),
    path(EDIT + "questions/<slug:key>/move/", manage_questions.question_move, name="question_move"),
    path(
        EDIT + "questions/<slug:key>/remove/",
        manage_questions.question_remove,
        name="question_remove",
    ),
    path(EDIT + "removed/<int:pk>/put-back/", manage_draft.put_back, name="put_back"),
    path(EDIT + "sections/", manage_sections.section_add, name="section_add"),
    path(EDIT + "sections/<int:pk>/", manage_sections.section_edit, name="section_edit"),
    path(EDIT + "sections/<int:pk>/move/", manage_sections.section_move, name="section_move"),
    path(EDIT + "sections/<int:pk>/remove/", manage_sections.section_remove, name="section_remove"),
    path(EDIT + "dimensions/", manage_dimensions.dimension_list, name="dimension_list"),
    path(
        EDIT + "ready-dimensions/",
        manage_dimensions.dimension_ready_set,
        name="dimension_ready_set",
    ),
    path(EDIT + "dimensions/<slug:key>/", manage_dimensions.dimension_edit, name="dimension_edit"),
    path(
        EDIT + "dimensions/<slug:key>/remove/",
        manage_dimensions.dimension_remove,
        name="dimension_remove",
    ),
    path(
        EDIT + "removed-dimension/put-back/",
        manage_dimensions.dimension_put_back,
        name="dimension_put_back",
    ),
    path(LINKS, manage_links.link_list, name="link_list"),
    path(LINKS + "add/", manage_links.link_add, name="link_add"),
    path(LINKS + "<int:pk>/", manage_links.link_edit, name="link_edit"),
    path(LINKS + "<int:pk>/open/", manage_links.link_open, name="link_open"),
    path(LINKS + "<int:pk>/close/", manage_links.link_close, name="link_close"),
    path(LINKS + "<int:pk>/qr.svg", manage_links.link_qr, name="link_qr"),
    path(LINKS + "<int:pk>/qr.png", manage_links.link_qr_bitmap, name="link_qr_bitmap"),
    path(LINKS + "<int:pk>/poster/", manage_links.link_poster, name="link_poster"),
    path("manage/surveys/<slug:slug>/appearance/", manage_appearance.appearance, name="appearance"),
    path(AFTER, manage_after_answering.after_answering, name="after_answering"),
    path(AFTER + "codes/", manage_after_answering.reward_codes, name="reward_codes"),
    path(
        AFTER + "codes/remove/",
        manage_after_answering.reward_codes_remove,
        name="reward_codes_remove",
    ),
    path(
        "manage/surveys/<slug:slug>/personal-link/",
        manage_links.personal_link,
        name="personal_link",
    ),
]
