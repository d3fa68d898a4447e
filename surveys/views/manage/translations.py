"""Staff pages for the words of a draft: side by side, and as files for translators."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.definitions.findings import language_name
from surveys.definitions.translating import groups_of
from surveys.errors import DraftChangedMeanwhile, SurveyError
from surveys.forms.translations import TextChangesForm, TextFileForm, TranslateForm
from surveys.permissions import draft_to_edit_for
from surveys.services.definitions import export_version
from surveys.services.translations import save_texts
from surveys.text_files.reading import read_texts
from surveys.text_files.writing import languages_of, texts_as_po, texts_as_workbook
from surveys.views.staff import revision_of, staff_page

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_page("GET", "POST")
def translate(request, slug):
    """Every text beside its translation; all of them are saved at once."""
    draft = draft_to_edit_for(request.user, slug)
    document = export_version(draft)
    first, *others = languages_of(document)
    if not others:
        return _page(request, draft, others)
    language = request.GET.get("to") or others[0]
    if language not in others:
        raise Http404
    groups = groups_of(document, language)
    missing_only = "missing" in request.GET
    form = TranslateForm(
        request.POST or None,
        groups=groups,
        language=language,
        missing_only=missing_only,
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save_texts(version=draft, revision=revision_of(request), changes=form.changes())
        except DraftChangedMeanwhile as refusal:
            conflict = str(refusal)
            draft.refresh_from_db()
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
            draft.refresh_from_db()
        else:
            messages.success(request, _("Saved."))
            return redirect(request.get_full_path())
    return _page(
        request,
        draft,
        others,
        form=form,
        conflict=conflict,
        language=language,
        source=first,
        source_name=language_name(first),
        target_name=language_name(language),
        missing_only=missing_only,
        missing=sum(not group.target for group in groups),
        total=len(groups),
        file_form=TextFileForm(languages=others, initial={"language": language}),
    )


@staff_page("GET")
def texts_export(request, slug):
    """The texts as a file: XLSX with every language, or PO into one."""
    draft = draft_to_edit_for(request.user, slug)
    document = export_version(draft)
    kind, language = request.GET.get("as", "xlsx"), request.GET.get("to", "")
    if kind == "xlsx":
        return _file(texts_as_workbook(document), f"{slug}-texts.xlsx", WORKBOOK)
    if kind != "po" or language not in languages_of(document)[1:]:
        raise Http404
    content = texts_as_po(document, language)
    return _file(content, f"{slug}-{language}.po", "text/x-gettext-translation; charset=utf-8")


@staff_page("POST")
def texts_preview(request, slug):
    """What a file would change; nothing is changed yet."""
    draft = draft_to_edit_for(request.user, slug)
    document = export_version(draft)
    form = TextFileForm(request.POST, request.FILES, languages=languages_of(document)[1:])
    context = {"survey": draft.survey, "draft": draft, "form": form}
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = read_texts(file.name, file.read(), document, form.cleaned_data["language"])
        except SurveyError as refusal:
            form.add_error("file", str(refusal))
        else:
            context |= {
                "file": file.name,
                "found": found,
                "changes": json.dumps(found.by_place, ensure_ascii=False),
            }
    return render(request, "surveys/manage/editor/texts_preview.html", context)


@staff_page("POST")
def texts_apply(request, slug):
    """Make the changes whose preview was shown, all of them or none."""
    draft = draft_to_edit_for(request.user, slug)
    form = TextChangesForm(request.POST)
    try:
        if not form.is_valid():
            raise SurveyError(" ".join(form.errors["changes"]))
        count = save_texts(
            version=draft, revision=revision_of(request), changes=form.cleaned_data["changes"]
        )
    except SurveyError as refusal:
        messages.warning(request, str(refusal))
    else:
        text = ngettext("%(count)d text is changed.", "%(count)d texts are changed.", count)
        messages.success(request, text % {"count": count})
    return redirect(reverse("surveys:translate", args=[slug]))


def _page(request, draft, others, **context):
    context |= {
        "survey": draft.survey,
        "draft": draft,
        "languages": [(code, language_name(code)) for code in others],
    }
    status = 409 if context.get("conflict") else 200
    return render(request, "surveys/manage/editor/translate.html", context, status=status)


def _file(content, name, kind):
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
