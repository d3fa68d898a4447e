"""An attacker who holds the database and knows in which order people answered.

Reads every table with every column, those that the database keeps for itself
included (rowid; ctid and xmin), and tries each way of joining those who
answered to the answers: values that stand with both, and the order of both by
any column. The order in which people answered is more than logs could tell:
their lines about survey links name neither the link nor the sender.
"""

import re
from collections import defaultdict

from django.db import connection

OWN_COLUMNS = {
    "sqlite": "rowid AS own_rowid",
    "postgresql": "ctid::text AS own_ctid, xmin::text AS own_xmin",
}
SHORTEST_TELLING_VALUE = 6


def best_attack(known_order, survey, truth):
    """How many people the best way joins to their answer, and how many ways were tried.

    `known_order` are the people in the order in which they answered; `truth`
    are the right pairs.
    """
    tables = all_tables()
    responses = [
        row for row in tables["surveys_response"] if str(row["survey_id"]) == str(survey.pk)
    ]
    guesses = [by_shared_values(tables, responses)]
    for order in [known_order, *people_in_each_order(tables, survey)]:
        for column in responses[0]:
            found = [row["id"] for row in in_order_of(column, responses)]
            guesses += [zip(order, found, strict=False), zip(order, found[::-1], strict=False)]
    right = {(str(person), plain(response)) for person, response in truth}
    hits = [
        len(right & {(str(person), plain(found)) for person, found in guess}) for guess in guesses
    ]
    return max(hits), len(guesses)


def all_tables():
    """Every row of every table as it lies there."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT {OWN_COLUMNS[connection.vendor]}, t.* FROM "{table}" t')
            names = [column[0] for column in cursor.description]
            found[table] = [
                dict(zip(names, row, strict=True), own_place=place)
                for place, row in enumerate(cursor.fetchall())
            ]
    return found


def by_shared_values(tables, responses):
    """Join where a telling value stands with exactly one person and one answer."""
    people, answers = defaultdict(set), defaultdict(set)
    of_customer = {row["customer_id"]: row["id"] for row in tables["surveys_invitation"]}
    wanted = {row["id"] for row in responses}
    for table, rows in tables.items():
        for row in rows:
            person = row["id"] if table == "surveys_invitation" else row.get("invitation_id")
            person = person or of_customer.get(row.get("customer_id"))
            answer = row["id"] if table == "surveys_response" else row.get("response_id")
            for value in telling_values(row):
                if person is not None:
                    people[value].add(person)
                if answer in wanted:
                    answers[value].add(answer)
    for value, owners in people.items():
        if len(owners) == len(answers.get(value, ())) == 1:
            yield next(iter(owners)), next(iter(answers[value]))


def telling_values(row):
    """What could be the same in two rows because they belong together."""
    for name, value in row.items():
        if name == "own_xmin":
            yield f"transaction {value}"
        elif value is not None and len(plain(value)) >= SHORTEST_TELLING_VALUE:
            yield plain(value)


def people_in_each_order(tables, survey):
    """Those who answered by invitation, in the order of each column of theirs."""
    rows = [
        row
        for row in tables["surveys_invitation"]
        if row["survey_id"] == survey.pk and row["state"] == "answered"
    ]
    for column in rows[0] if rows else ():
        yield [row["id"] for row in in_order_of(column, rows)]


def in_order_of(column, rows):
    """The rows sorted by one column; places in a table are sorted as numbers."""
    return sorted(rows, key=lambda row: sort_key(row[column]))


def sort_key(value):
    text = "" if value is None else str(value)
    if re.fullmatch(r"\(?\d+(,\d+\))?", text):
        return (0, [int(part) for part in re.findall(r"\d+", text)], "")
    return (1, [], text)


def plain(value):
    """A value in one written form; the databases write identifiers differently."""
    return str(value).replace("-", "")
