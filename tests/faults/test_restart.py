"""R14: the server is restarted, with another secret key, while a customer's page stands open."""

import http.client
from contextlib import closing
from urllib.parse import urlencode

from .load import FORM, submissions


def request(site, method, path, form=None):
    """One request over a connection of its own; gives status and text."""
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)) as connection:
        connection.request(method, path, form and urlencode(form), FORM)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_typed_and_open_pages_survive_a_restart_with_another_key(sqlite_site):
    site = sqlite_site()
    site.prepare(links=1)
    site.start()
    [work] = submissions(site, personal=1, seed=14)
    assert request(site, "POST", work.path, work.form | {"_typed": "1"})[0] == 204

    site.kill()
    site.environment["SECRET_KEY"] = "another-key-that-is-longer-than-thirty-two-signs"
    site.start()
    _status, shown = request(site, "GET", work.path)
    sent = request(site, "POST", work.path, work.form | {"_kept": "1"})

    assert work.form["comment"] in shown
    assert sent[0] == 303
    assert site.stored_ids() == [work.id]
    assert site.count("surveys_responsedraft") == 0
