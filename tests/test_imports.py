"""Imports point one way: config → reports → surveys → scoring, and inside each application."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "scoring": set(),
    "surveys": {"scoring"},
    "reports": {"surveys", "scoring"},
    "config": {"reports", "surveys", "scoring"},
}
INNER_LAYERS = [
    {"urls"},
    {"views"},
    {"forms", "exporters", "management"},
    {
        "services",
        "selectors",
        "permissions",
        "imports",
        "survey_files",
        "demo",
        "emails",
        "messages",
    },
    {"questionnaire"},
    {"models"},
    {
        "validators",
        "definitions",
        "rules",
        "question_types",
        "texts",
        "tokens",
        "enums",
        "errors",
    },
]
SKIPPED = {"migrations"}


def modules_of(package):
    """Every source file of a package."""
    for path in sorted((ROOT / package).rglob("*.py")):
        if not SKIPPED & set(path.relative_to(ROOT).parts):
            yield path


def imports_of(path):
    """Full names imported by a file, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            stem = [*base, *(node.module or "").split(".")] if node.module else base
            for alias in node.names:
                yield node.lineno, ".".join([*stem, alias.name])


def layer_of(module):
    """The layer of a dotted name inside an application, or None."""
    parts = module.split(".")
    for number, names in enumerate(INNER_LAYERS):
        if len(parts) > 1 and parts[1] in names:
            return number
    return None


@pytest.mark.parametrize("package", ALLOWED)
def test_packages_import_only_to_the_right(package):
    own = set(ALLOWED) | {"tests"}

    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules_of(package)
        for line, name in imports_of(path)
        if name.split(".")[0] in own - ALLOWED[package] - {package}
    ]

    assert not wrong


@pytest.mark.parametrize("package", ["surveys", "reports"])
def test_layers_import_only_downwards(package):
    wrong = []
    for path in modules_of(package):
        own = layer_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for line, name in imports_of(path):
            other = layer_of(name) if name.split(".")[0] == package else None
            if own is not None and other is not None and other < own:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")

    assert not wrong


def test_scoring_imports_no_django():
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules_of("scoring")
        for line, name in imports_of(path)
        if name.split(".")[0] == "django"
    ]

    assert not wrong


def test_a_wrong_import_is_noticed():
    """Control: the reading of imports sees what it must see."""
    names = [name for _, name in imports_of(ROOT / "surveys" / "services" / "submit_response.py")]

    assert "surveys.models.Response" in names
    assert layer_of("surveys.views.respond.answering") < layer_of("surveys.models.Response")
