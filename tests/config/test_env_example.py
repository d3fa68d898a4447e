"""`.env.example` and the code name the same settings."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ = re.compile(r"""(?:env_(?:text|bool|int|choice)|environ\.get)\(\s*["']([A-Z_]+)["']""")
WRITTEN = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)


def test_every_setting_is_explained_and_every_explained_setting_exists():
    sources = "".join(path.read_text() for path in (ROOT / "config").glob("*.py"))

    explained = WRITTEN.findall((ROOT / ".env.example").read_text())

    assert sorted(explained) == sorted(set(READ.findall(sources)))
