"""Looking for comments, and giving them tags."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reports.comments.comments import UNTAGGED, Search
from reports.models import CommentTag
from surveys.rules.piping import with_fallbacks
from surveys.texts import text_in

LONGEST_SEARCH = 200
LONGEST_NAME_OF_QUESTION = 80


class SearchForm(forms.Form):
    """Which comments are shown, and whether what names somebody is taken out."""

    q = forms.CharField(label=_("Words in the comment"), max_length=LONGEST_SEARCH, required=False)
    score = forms.TypedChoiceField(
        label=_("Satisfaction"), coerce=int, empty_value=None, required=False
    )
    key = forms.ChoiceField(label=_("Question"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    mask = forms.BooleanField(label=_("Hide names, numbers and addresses"), required=False)

    def __init__(self, survey, *args, questions, scale, **kwargs):
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        self.fields["score"].choices = [everything, *((point, point) for point in reversed(scale))]
        self.fields["key"].choices = [
            everything,
            *((key, question_name(item, survey)) for key, item in questions.items()),
        ]
        names = CommentTag.objects.filter(survey=survey).values_list("name", flat=True)
        self.tag_names = list(names)
        self.fields["tag"].choices = [
            everything,
            (UNTAGGED, _("Without a tag")),
            *((name, name) for name in self.tag_names),
        ]
        for name, field in self.fields.items():
            kind = {"q": "form-control", "mask": "form-check-input"}.get(name, "form-select")
            field.widget.attrs["class"] = kind
        self.fields["q"].widget.input_type = "search"

    @property
    def selects(self):
        """The fields between the words and the box that masks."""
        return [field for field in self if field.name not in ("q", "mask")]

    def search(self, conditions):
        """What is looked for, beside what the filters choose."""
        found = self.cleaned_data
        return Search(
            conditions=conditions,
            score=found["score"],
            key=found["key"],
            words=found["q"],
            tag=found["tag"],
        )


class TaggingForm(forms.Form):
    """Which comments get a tag, or lose it."""

    TICKED, PAGE, ALL = "ticked", "page", "all"

    name = forms.CharField(
        label=_("Tag"),
        max_length=60,
        error_messages={"required": _("Please write the name of the tag.")},
    )
    which = forms.ChoiceField(
        label=_("Comments"),
        choices=[
            (TICKED, _("Those ticked")),
            (PAGE, _("All on this page")),
            (ALL, _("All that match, on every page")),
        ],
        initial=TICKED,
    )
    step = forms.ChoiceField(choices=[("add", _("Add the tag")), ("remove", _("Remove the tag"))])
    number = forms.IntegerField(widget=forms.HiddenInput)
    listed = forms.MultipleChoiceField(required=False)
    chosen = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        comments = found.comments if self.is_bound else ()
        self.by_name = {name_of(comment): comment.place for comment in comments}
        self.found = found
        for name in ("listed", "chosen"):
            self.fields[name].choices = [(one, one) for one in self.by_name]
            self.fields[name].error_messages["invalid_choice"] = _(
                "A comment is no longer in this list. Please choose again."
            )
        self.fields["name"].widget.attrs |= {"class": "form-control", "list": "tag-names"}
        self.fields["which"].widget.attrs["class"] = "form-select"
        self.fields["number"].initial = len(found.comments)

    def clean_name(self):
        """One space between words; the sign for "without a tag" is no name."""
        name = " ".join(self.cleaned_data["name"].split())
        if name == UNTAGGED:
            raise forms.ValidationError(_("Please write the name of the tag."))
        return name

    def clean(self):
        """Something is chosen, and "all" are those that were seen."""
        values = super().clean()
        which = values.get("which")
        if which == self.TICKED and not values.get("chosen") and "chosen" not in self.errors:
            self.add_error(None, _("Please tick the comments first, or choose all of them."))
        if which == self.ALL and values.get("number") != len(self.found.comments):
            self.add_error(None, _("The list has changed meanwhile. Please look at it again."))
        return values

    @property
    def places(self):
        """The comments that are meant."""
        which = self.cleaned_data["which"]
        if which == self.ALL:
            return self.found.places
        names = self.cleaned_data["listed" if which == self.PAGE else "chosen"]
        return [self.by_name[name] for name in names]


def name_of(comment):
    """A comment as a form names it."""
    return f"{comment.response}:{comment.key}"


def question_name(question, survey):
    """The words of a question, cut where they are long."""
    text = with_fallbacks(text_in(question.text, get_language(), survey.default_language))
    is_long = len(text) > LONGEST_NAME_OF_QUESTION
    return text[: LONGEST_NAME_OF_QUESTION - 1].rstrip() + "…" if is_long else text
