"""The lists that describe customers: adding an entry, naming, ordering and taking out of use."""

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.attribute_groups import EACH, checked_grouping
from surveys.errors import SurveyError
from surveys.models import AttributeChoice, Customer, CustomerAttribute, Response, Stage
from surveys.ready_stages import STAGE_SETS
from surveys.texts import text_in

from .changed_days import note_changed_days
from .rows import checked

LANGUAGES = ("en", "zh-hans", "zh-hant")
MOST_TEXTS = 30


def add_entry(*, model, name, code="", **fields):
    """Add an entry at the end of a list; without `code` it is made from the name."""
    with transaction.atomic():
        last = model.objects.aggregate(last=Max("position"))["last"]
        entry = model(
            code=code or _free_code(model.objects.all(), name, model._meta.model_name),
            name=name,
            position=0 if last is None else last + 1,
            **fields,
        )
        checked(entry).save()
    return entry


def change_entry(*, entry, **fields):
    """Change name or particulars of an entry; its code stays, files and filters name it."""
    with transaction.atomic():
        if "grouping" in fields:
            fields["grouping"] = _checked_grouping(entry, fields["grouping"])
            if fields["grouping"] != entry.grouping:
                _note_days_with(entry)
        for name, value in fields.items():
            setattr(entry, name, value)
        checked(entry).save(update_fields=list(fields))
    return entry


def _checked_grouping(attribute, text):
    grouping = checked_grouping(attribute.kind, text)
    if grouping == EACH and (number := _distinct_values(attribute)) > MOST_TEXTS:
        raise SurveyError(
            _(
                "“%(attribute)s” has %(number)d different values; answers can be broken down by at "
                "most %(most)d. Make it a choice from a list to group them."
            )
            % {
                "attribute": text_in(attribute.name, get_language()),
                "number": number,
                "most": MOST_TEXTS,
            }
        )
    return grouping


def _distinct_values(attribute):
    known = Customer.objects.filter(attributes__has_key=attribute.code)
    values = known.annotate(value=KeyTextTransform(attribute.code, "attributes"))
    return values.order_by().values("value").distinct().count()


def _note_days_with(attribute):
    """Answers whose customers had a value are grouped in another way from now on."""
    days = {}
    having = Response.objects.filter(traits__has_key=f"attribute.{attribute.code}")
    for survey_id, day in having.order_by().values_list("survey", "submitted_on").distinct():
        days.setdefault(survey_id, set()).add(day)
    for survey_id, theirs in days.items():
        note_changed_days(survey_id, theirs)


def move_entry(*, entry, up):
    """Let an entry change places with its neighbour."""
    with transaction.atomic():
        entries = list(type(entry).objects.select_for_update().order_by("position", "code"))
        place = entries.index(entry)
        other = place - 1 if up else place + 1
        if 0 <= other < len(entries):
            entries[place], entries[other] = entries[other], entries[place]
        for position, one in enumerate(entries):
            one.position = position
        type(entry).objects.bulk_update(entries, ["position"])


def set_in_use(*, entry, is_active):
    """Offer an entry to new customers or not; who has it keeps it."""
    entry.is_active = is_active
    entry.save(update_fields=["is_active"])
    return entry


def remove_entry(*, entry):
    """Remove an entry that nothing names; raises `SurveyError` for one that is used."""
    used = SurveyError(_("This is used: it can be taken out of use, but not removed."))
    if isinstance(entry, CustomerAttribute) and _has_values(entry):
        raise used
    try:
        entry.delete()
    except ProtectedError:
        raise used from None


def load_stages(*, stage_set):
    """Put a ready list of stages in use, in its order; the others are taken out of use."""
    wanted = STAGE_SETS[stage_set].stages
    with transaction.atomic():
        Stage.objects.update(is_active=False)
        for position, (code, *names) in enumerate(wanted):
            name = dict(zip(LANGUAGES, names, strict=True))
            stage, _new = Stage.objects.get_or_create(code=code, defaults={"name": name})
            stage.is_active, stage.position = True, position
            stage.save(update_fields=["is_active", "position"])
        others = Stage.objects.filter(is_active=False).order_by("position", "code")
        for position, stage in enumerate(others, len(wanted)):
            Stage.objects.filter(pk=stage.pk).update(position=position)


def add_choice(*, attribute, name):
    """Add a value to an attribute of choices."""
    last = attribute.choices.aggregate(last=Max("position"))["last"]
    choice = AttributeChoice(
        attribute=attribute,
        code=_free_code(attribute.choices.all(), name, "choice"),
        name=name,
        position=0 if last is None else last + 1,
    )
    checked(choice).save()
    return choice


def rename_choice(*, choice, name):
    """Give a value another name; its code stays."""
    choice.name = name
    checked(choice).save(update_fields=["name"])
    return choice


def remove_choice(*, choice):
    """Remove a value that no customer has; raises `SurveyError` for one that is used."""
    if _having(choice.attribute, choice.code).exists():
        raise SurveyError(_("Customers have this value: it cannot be removed."))
    choice.delete()


def _has_values(attribute):
    return Customer.objects.filter(attributes__has_key=attribute.code).exists()


def _having(attribute, code):
    known = KeyTransform(attribute.code, "attributes")
    return Customer.objects.annotate(known=known).filter(known=code)


def _free_code(rows, name, stem):
    made = slugify(text_in(name, "en"))[:40].strip("-_")
    stem = made if made[:1].isalpha() else stem
    taken = set(rows.values_list("code", flat=True))
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code
