"""A type that nobody knew is added by one folder: no other file, no migration."""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[3]
HANDLER = '''
"""A colour by its name."""

from surveys.question_types.writing import Writing


class Colour(Writing):
    """A word."""

    label = "Colour"
    longest = 20


handler = Colour()
'''
STORY = """
import django
django.setup()
from django.core.management import call_command
call_command("makemigrations", check=True, verbosity=0)
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
from surveys.forms.questions import offered_presets
from surveys.models import Response
from surveys.questionnaire import questionnaire_of
from surveys.services.definitions import export_version
from tests import factories
from reports.dataset import Selection
from reports.questions.summaries import question_summaries

survey = factories.make_survey()
from surveys.services.definitions import build_draft
question = {"key": "paint", "type": "colour", "text": {"en": "Which colour?"}}
document = {"title": {"en": "T"}, "default_language": "en", "languages": ["en"],
            "sections": [{"questions": [question]}]}
version = build_draft(survey=survey, document=document)
assert export_version(version)["sections"][0]["questions"][0]["type"] == "colour"
assert any(("colour", "Colour") in offered for _group, offered in offered_presets())
factories.publish(version)
address = f"/s/{factories.make_public_link(survey).slug}/"
import re
client = Client()
page = client.get(address).content.decode()
assert "paint-me" in page
hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
refused = client.post(address, hidden | {"paint": "x" * 21})
assert refused.status_code == 422, refused.status_code
client.post(address, hidden | {"paint": "teal"})
assert Response.objects.get().answers == {"paint": "teal"}
[summary] = question_summaries(Selection(survey), [questionnaire_of(version)])
assert summary.counts.respondents == 1
print("asked, answered, counted")
"""


def test_one_folder_makes_a_type(tmp_path, migrated_sqlite):
    site = tmp_path / "site"
    site.mkdir()
    for name in ("reports", "scoring", "templates", "tests"):
        (site / name).symlink_to(ROOT / name)
    for name in ("config", "surveys"):
        shutil.copytree(ROOT / name, site / name, ignore=shutil.ignore_patterns("static"))
    folder = site / "surveys" / "question_types" / "colour"
    folder.mkdir()
    (folder / "__init__.py").write_text(HANDLER, encoding="utf-8")
    (folder / "answer.html").write_text(
        '<label class="paint-me">{{ field.text }}<input name="{{ field.key }}"></label>',
        encoding="utf-8",
    )
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(site),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DATABASE_URL": f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path)}",
    }

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(STORY)],
        cwd=site,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip() == "asked, answered, counted", done.stderr[-2000:]
