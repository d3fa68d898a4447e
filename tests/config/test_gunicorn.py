"""What the web server writes into its own logs, asked of real processes."""

import http.client
import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "config" / "gunicorn.py"
TOKEN = "k7Qm2v9xWc4t"
APPLICATION = """
def application(environ, start_response):
    if "fail" in environ["QUERY_STRING"]:
        raise RuntimeError("went wrong at " + environ["PATH_INFO"])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"here"]
"""
REQUESTS = {
    "personal link": (f"/r/{TOKEN}/", {}),
    "submission": (f"/s/shop/{TOKEN}/thanks/", {}),
    "percent-encoded link": (f"/%72/{TOKEN}/", {}),
    "referring page": ("/static/respond.css", {"Referer": f"http://127.0.0.1/r/{TOKEN}/"}),
    "query string": (f"/reports/?customer={TOKEN}", {}),
    "error in the application": (f"/r/{TOKEN}/?fail", {}),
}


def log_of(folder, config, *requests):
    """The log of a server with this configuration that answered these requests."""
    (folder / "application.py").write_text(APPLICATION)
    with socket.create_server(("127.0.0.1", 0)) as listener, (folder / "log").open("wb") as log:
        options = [f"--config={config}", f"--bind=fd://{listener.fileno()}", "--workers=1"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options, "application"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(folder)},
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
        )
        try:
            for path, headers in requests:
                address = http.client.HTTPConnection(*listener.getsockname(), timeout=30)
                with closing(address) as connection:
                    connection.request("GET", path, headers=headers)
                    connection.getresponse().read()
        finally:
            server.terminate()
            server.wait(timeout=30)
    return (folder / "log").read_text()


def test_no_line_of_the_log_shows_a_link(tmp_path):
    log = log_of(tmp_path, SHIPPED, *REQUESTS.values())

    assert log.count("/r/…") >= 3
    assert TOKEN not in log


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_an_unprotected_log_shows_the_link(tmp_path, request_):
    """The control: without our logger each of these requests gives the token away."""
    plain = tmp_path / "plain.py"
    plain.write_text("""accesslog, access_log_format = "-", '%(r)s %(s)s %(f)s'""")

    assert TOKEN in log_of(tmp_path, plain, request_)


def test_survey_pages_are_logged_without_their_sender(tmp_path):
    log = log_of(tmp_path, SHIPPED, REQUESTS["personal link"], ("/reports/", {}))

    lines = [line for line in log.splitlines() if " GET " in line]

    # Two processes write: whose line comes first is not settled.
    survey_page, staff_page = sorted(lines, key=lambda line: "/reports/" in line)
    assert "127.0.0.1" not in survey_page
    assert "127.0.0.1 GET /reports/ 200" in staff_page


def test_no_path_can_begin_a_line_of_its_own(tmp_path):
    log = log_of(tmp_path, SHIPPED, ("/reports/%0AGET%20/forged", {}))

    assert "/reports/%0AGET%20/forged" in log
