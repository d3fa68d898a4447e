"""The launcher: its sentences, and the processes it starts and ends."""

import ast
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).parents[1]
NOTE_GROUP = """
import os, sys, time
from pathlib import Path

here = Path(os.environ["DATA_DIR"])
if sys.argv[1] not in ("migrate", "collectstatic", "make_demo", "analyse"):
    (here / f"{os.getpgrp()}.group").touch()
"""
MANAGE = """
if sys.argv[1] == "make_demo":
    (here / "password").write_text("open-sesame")
    print("Survey: " + os.environ["BASE_URL"] + "/s/demo/")
while sys.argv[1] == "run_jobs":
    if (here / "die").exists():
        sys.exit("The worker lost its database.")
    time.sleep(0.05)
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [])
    return [b""]
"""


@pytest.fixture
def project(tmp_path):
    """A project of a few lines, started by the real launcher with the real web server."""
    for name in ("run.py", "config/__init__.py", "config/gunicorn.py", "config/logs.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text())
    (tmp_path / "manage.py").write_text(NOTE_GROUP + MANAGE)
    (tmp_path / "config" / "wsgi.py").write_text(NOTE_GROUP + WSGI)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    return tmp_path


@pytest.fixture
def start_demo():
    """Start a demo; it is ended after the test, whatever the test found."""
    started = []

    def start(project, *arguments):
        command = [sys.executable, "run.py", "demo", *arguments]
        output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        started.append(subprocess.Popen(command, cwd=project, **output))
        return started[-1]

    yield start
    for demo in started:
        demo.terminate()
        demo.communicate(timeout=60)


def printed_until(demo, word):
    """What the demo prints, up to the line with this word."""
    lines = []
    for line in demo.stdout:
        lines.append(line)
        if word in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def groups_of(project):
    """The process groups of the web server and the worker."""
    return [int(path.stem) for path in (project / "var" / "demo").glob("*.group")]


def is_alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_web_server_and_the_worker(project, start_demo, number):
    demo = start_demo(project)
    printed_until(demo, "Password")
    groups = groups_of(project)
    were_alive = [is_alive(group) for group in groups]

    demo.send_signal(number)
    printed, _ = demo.communicate(timeout=60)

    assert were_alive == [True, True]
    assert not any(is_alive(group) for group in groups)
    assert "Topbox has stopped." in printed
    assert demo.returncode == 0


def test_a_worker_that_dies_ends_the_demo_with_its_last_words(project, start_demo):
    demo = start_demo(project)
    printed_until(demo, "Password")

    (project / "var" / "demo" / "die").touch()
    printed, _ = demo.communicate(timeout=60)

    assert "The worker lost its database.\nThe worker process ended" in printed
    assert not any(is_alive(group) for group in groups_of(project))
    assert demo.returncode == 1


@pytest.fixture
def small_demo(tmp_path, migrated_sqlite):
    """The directory of a demo of this very project, made small beforehand."""
    settings = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 40, "PATH": os.environ["PATH"]}
    password_file = f"--password-file={tmp_path / 'password'}"
    shutil.copy(migrated_sqlite, tmp_path / "topbox.sqlite3")
    subprocess.run(
        [sys.executable, "manage.py", "make_demo", "--customers=100", password_file],
        cwd=ROOT,
        env=settings,
        check=True,
        capture_output=True,
    )
    return tmp_path


def test_demo_of_this_project_answers_and_ends(small_demo, start_demo):
    demo = start_demo(ROOT, f"--directory={small_demo}")

    printed = printed_until(demo, "Password")
    address = re.search(r"Topbox runs at (\S+) ", printed)[1]
    with urllib.request.urlopen(f"{address}/accounts/login/", timeout=30) as page:
        status = page.status
    demo.terminate()
    demo.communicate(timeout=60)

    assert status == 200
    assert (small_demo / "password").read_text().strip() in printed
    assert demo.returncode == 0


def test_demo_prints_the_address_the_links_and_the_password(project, start_demo):
    demo = start_demo(project)

    printed = printed_until(demo, "Password")

    address = re.search(r"Topbox runs at (http://127\.0\.0\.1:\d+) ", printed)[1]
    assert f"Survey: {address}/s/demo/" in printed
    assert "Password: open-sesame" in printed


def test_demo_keeps_its_secrets_from_other_users(project, start_demo):
    demo = start_demo(project)
    printed_until(demo, "Password")

    files = list((project / "var" / "demo").iterdir())

    assert {"secret-key", "password", "web.log", "worker.log"} <= {file.name for file in files}
    assert not any(file.stat().st_mode & 0o077 for file in files)


def test_second_demo_keeps_the_secret_key(project, start_demo):
    key_file = project / "var" / "demo" / "secret-key"
    printed_until(first := start_demo(project), "Password")
    first_key = key_file.read_text()
    first.terminate()
    first.wait(timeout=60)

    printed_until(start_demo(project), "Password")

    assert key_file.read_text() == first_key
    assert len(first_key) >= 50


def test_demo_says_that_the_named_port_is_taken(project, start_demo):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        printed, _ = start_demo(project, "--port", str(port)).communicate(timeout=60)

    assert printed == f"Port {port} is not free: name another one with --port N.\n"


def test_demo_goes_to_the_next_free_port():
    with run.reserve_port(None) as first, run.reserve_port(None) as second:
        assert first.getsockname()[1] < second.getsockname()[1]


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_out_of_range_gets_the_sentence(port):
    with pytest.raises(run.Failure, match=f"Port {port} is not free"):
        run.reserve_port(port)


def set_up(project):
    """What `run.py setup` prints where nothing is required."""
    command = [sys.executable, "run.py", "setup"]
    return subprocess.run(command, cwd=project, check=True, capture_output=True, text=True).stdout


def test_setup_makes_an_environment_once_and_a_half_made_one_anew(project):
    (project / ".venv").unlink()
    (project / "requirements.txt").write_text("")

    first, second = set_up(project), set_up(project)
    (project / ".venv" / "unfinished").touch()
    third = set_up(project)

    assert "Making a virtual environment" in first
    assert "Making" not in second
    assert "half-made or broken and is made anew" in third
    assert (project / ".venv" / "bin" / "python").exists()


def test_setup_leaves_a_linked_environment_alone(project):
    (project / "requirements.txt").write_text("not-even-readable ===")

    assert "Installing" not in set_up(project)


def test_stamp_changes_with_a_byte_of_the_lock_file(tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_bytes(b"numpy==2.3.4")
    before = run.stamp((lock,))

    lock.write_bytes(b"numpy==2.3.5")

    assert run.stamp((lock,)) != before


def test_old_python_can_read_the_launcher():
    source = (ROOT / "run.py").read_text()

    ast.parse(source, feature_version=(3, 8))


@pytest.mark.parametrize(("system", "line"), [("linux", "apt-get"), ("darwin", "brew")])
def test_old_python_is_told_what_to_install(system, line):
    sentence = run.python_sentence(system, (3, 10, 4))

    assert "needs Python 3.11 or newer and this is 3.10" in sentence
    assert line in sentence


def test_missing_packages_are_named_once_with_what_they_are_for():
    sentence = run.missing_sentence(run.PDF_NEEDS[:3], "brew")

    assert sentence == (
        "Going on without PDF reports; to have them, run: brew install pango harfbuzz"
    )


def test_a_command_that_only_complains_is_not_there(tmp_path):
    shim = tmp_path / "uv"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)

    assert not run.succeeds([shim])
    assert not run.succeeds([tmp_path / "nothing"])
    assert run.succeeds([sys.executable, "--version"])


def test_an_unknown_command_gets_a_sentence(capsys):
    code = run.main(["serve"])

    assert code == 1
    assert "There is no command serve" in capsys.readouterr().err
