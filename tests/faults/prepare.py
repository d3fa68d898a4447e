"""Fill the database of a server: ``python -m tests.faults.prepare LINKS``.

Prints, as JSON, where to answer. `--unprotected` takes away, for a control,
what the database does against storing an answer twice. `--limited` is a number
of further public links, each of which takes `--maximum` answers; `--codes` is a
number of reward codes.
"""

import argparse
import json

import django


def main(links, unprotected, limited, maximum, codes):
    """Make one survey with a public link and so many personal and limited links."""
    django.setup()
    from django.db import transaction

    from tests import factories

    if unprotected:
        drop_protections()
    with transaction.atomic():
        survey = factories.make_survey(sends_thanks=True, gives_reward_codes=codes > 0)
        version = factories.make_draft(survey)
        version.page_layout = "single"
        factories.publish(version)
        slug = factories.make_public_link(survey).slug
        tokens = [
            factories.make_invitation(
                survey, factories.make_customer(email=f"customer{number}@example.org")
            )[1]
            for number in range(links)
        ]
        slugs = [
            factories.make_public_link(survey, maximum_answers=maximum).slug for _ in range(limited)
        ]
        for number in range(codes):
            survey.reward_codes.create(code=f"CODE-{number}")
    print(json.dumps({"slug": slug, "tokens": tokens, "slugs": slugs}))


def drop_protections():
    """Let the database store the same submission, and answers by the same link, many times."""
    from django.db import connection, models

    from surveys.models import Invitation, Response

    [once] = [one for one in Response._meta.constraints if one.name.startswith("a_submission")]
    old = Response._meta.get_field("invitation")
    new = models.ForeignKey(Invitation, models.SET_NULL, null=True, db_index=False)
    new.set_attributes_from_name("invitation")
    new.model = Response
    with connection.schema_editor() as editor:
        editor.remove_constraint(Response, once)
    # SQLite makes the table anew for each change, from what the model says.
    Response._meta.constraints.remove(once)
    with connection.schema_editor() as editor:
        editor.alter_field(Response, old, new)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("links", type=int)
    parser.add_argument("--unprotected", action="store_true")
    for name in ("--limited", "--maximum", "--codes"):
        parser.add_argument(name, type=int, default=0)
    main(**vars(parser.parse_args()))
