"""The tree of units from files."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.imports.running import run_import
from surveys.imports.units import UnitImporter
from surveys.models import Unit, UnitPlacement
from surveys.services.units import lineage_of
from tests import factories

from .conftest import nothing_written

HEADER = ["code", "name", "parent"]


def tree():
    """Each unit's code with its parent's."""
    return {
        unit.code: getattr(Unit.objects.get_parent(unit), "code", "")
        for unit in Unit.objects.order_by("path")
    }


def test_children_may_stand_before_their_parents(run, write_csv):
    path = write_csv(
        HEADER, ["shop", "Shop", "north"], ["north", "North", "all"], ["all", "All", ""]
    )

    code, said = run("import_units", path)

    assert code == 0
    assert "3 new" in said
    assert tree() == {"all": "", "north": "all", "shop": "north"}
    assert Unit.objects.get(code="shop").placement.lineage.count("/") == 4


def test_same_file_twice_changes_nothing(run, write_csv):
    path = write_csv(HEADER, ["all", "All", ""], ["north", "北部", "all"])
    run("import_units", path)

    with nothing_written(Unit, UnitPlacement):
        _code, said = run("import_units", path)

    assert "0 new, 0 changed, 2 unchanged" in said


def test_units_are_moved_and_renamed(run, write_csv):
    run("import_units", write_csv(HEADER, ["a", "A", ""], ["b", "B", "a"], ["c", "C", "b"]))

    code, said = run(
        "import_units", write_csv(HEADER, ["b", "B", ""], ["a", "Z", "b"], ["c", "C", "a"])
    )

    assert code == 0
    assert "3 changed" in said
    assert tree() == {"b": "", "a": "b", "c": "a"}
    assert Unit.objects.get(code="a").name == "Z"


def test_units_stay_where_they_are_without_a_column_of_parents(run, write_csv):
    parent = factories.make_unit("North")
    child = factories.make_unit("Shop", parent=parent)

    run("import_units", write_csv(["code", "name"], [child.code, "New name"]))

    assert tree()[child.code] == parent.code
    assert Unit.objects.get(code=child.code).name == "New name"


@pytest.mark.parametrize(
    "rows",
    [
        [["a", "A", "nowhere"]],
        [["a", "A", "b"], ["b", "B", "a"]],
        [["a", "A", "a"]],
        [["a", "A", ""], ["a", "B", ""]],
        [["a", "", ""]],
    ],
    ids=["unknown parent", "circle", "own parent", "twice", "no name"],
)
def test_impossible_tree_is_refused_whole(run, write_csv, rows):
    with nothing_written(Unit, UnitPlacement):
        code, said = run("import_units", write_csv(HEADER, *rows))

    assert code == 2
    assert "Row " in said


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    trees=st.lists(
        st.lists(
            st.tuples(
                st.sampled_from("abcdef"), st.sampled_from("XYZ"), st.sampled_from(" abcdef")
            ),
            max_size=6,
            unique_by=lambda row: row[0],
        ),
        min_size=2,
        max_size=3,
    )
)
def test_tree_is_sound_after_any_files(db, write_csv, trees):
    for rows in trees:
        before = tree()
        outcome = run_import(UnitImporter(), write_csv(HEADER, *rows))
        if outcome.refused:
            assert tree() == before
        else:
            assert tree() == before | {code: parent.strip() for code, _name, parent in rows}

    assert Unit.objects.find_problems() == ([], [], [], [], [])
    for unit in Unit.objects.all():
        assert unit.placement.lineage == lineage_of(unit)
