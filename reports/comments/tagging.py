"""Giving tags to many comments at once, taking them away, and undoing the last step."""

from collections import defaultdict
from uuid import UUID

from django.db import transaction

from reports.models import CommentTag, LastTagging, TaggedComment

AT_ONCE = 500


def tag_comments(*, survey, places, name, user):
    """Give a tag to comments, named by response and key; returns how many did not have it."""
    with transaction.atomic():
        changed = _add(survey, places, name)
        _remember(survey, user, name, changed, is_removal=False)
    return len(changed)


def untag_comments(*, survey, places, name, user):
    """Take a tag from comments; returns how many had it. A tag without comments is gone."""
    with transaction.atomic():
        changed = _remove(survey, places, name)
        _remember(survey, user, name, changed, is_removal=True)
    return len(changed)


def undo_tagging(*, survey, user):
    """Take the user's last step back; returns the name of the tag, or None without a step."""
    with transaction.atomic():
        last = LastTagging.objects.select_for_update().filter(survey=survey, user=user).first()
        if last is None:
            return None
        places = [(UUID(one), key) for key, ids in last.comments.items() for one in ids]
        step = _add if last.is_removal else _remove
        step(survey, places, last.tag_name)
        last.delete()
    return last.tag_name


def _add(survey, places, name):
    tag = CommentTag.objects.filter(survey=survey, name__iexact=name).first()
    if tag is None:
        tag = CommentTag(survey=survey, name=name)
        tag.full_clean()
        tag.save()
    has_it = set(tag.comments.values_list("response", "key"))
    new = [place for place in places if place not in has_it]
    TaggedComment.objects.bulk_create(
        [TaggedComment(tag=tag, response_id=response, key=key) for response, key in new],
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )
    return new


def _remove(survey, places, name):
    tag = CommentTag.objects.filter(survey=survey, name__iexact=name).first()
    if tag is None:
        return []
    places = set(places)
    rows = tag.comments.values_list("pk", "response", "key")
    found = {pk: (response, key) for pk, response, key in rows if (response, key) in places}
    keys = list(found)
    for start in range(0, len(keys), AT_ONCE):
        TaggedComment.objects.filter(pk__in=keys[start : start + AT_ONCE]).delete()
    if not tag.comments.exists():
        tag.delete()
    return list(found.values())


def _remember(survey, user, name, changed, *, is_removal):
    if not changed:
        return
    comments = defaultdict(list)
    for response, key in changed:
        comments[key].append(str(response))
    LastTagging.objects.update_or_create(
        survey=survey,
        user=user,
        defaults={"tag_name": name, "is_removal": is_removal, "comments": comments},
    )
