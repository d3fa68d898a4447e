"""Servers to torture: gunicorn over SQLite and over a PostgreSQL server of the tests' own."""

import itertools
from contextlib import contextmanager

import pytest

from .postgres import PostgresServer
from .site import Site, copy_sqlite


def pytest_collection_modifyitems(items):
    """What brings servers of its own tries both databases at once."""
    for item in items:
        if "tests/faults" in item.path.as_posix() and item.path.stem != "test_draft_race":
            item.add_marker(pytest.mark.once)


_names = (f"topbox{number}" for number in itertools.count(1))


@pytest.fixture(scope="session")
def migrated_cluster(tmp_path_factory):
    """The files of a PostgreSQL server with a migrated database, to be copied."""
    server = PostgresServer()
    try:
        server.start()
        server.create("topbox")
        folder = tmp_path_factory.mktemp("migrated")
        Site(folder, server.address("topbox")).run("manage.py", "migrate", "-v0")
        server.shut_down()
        yield server.cluster
    finally:
        server.stop()


@pytest.fixture(scope="session")
def shared_postgres(migrated_cluster):
    """A PostgreSQL server for every test that does not hurt it."""
    with running_postgres(migrated_cluster) as server:
        yield server


@pytest.fixture
def own_postgres(request, migrated_cluster):
    """A PostgreSQL server for one test; the parameter, if there is one, is its settings."""
    with running_postgres(migrated_cluster, getattr(request, "param", {})) as server:
        yield server


@contextmanager
def running_postgres(cluster, settings=(), parent=None):
    """A server over a copy of a cluster, ended in any case."""
    server = PostgresServer(settings=settings, copy_of=cluster, parent=parent)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def sqlite_site(migrated_sqlite, tmp_path):
    """A function that makes a site on SQLite; extra words are its environment."""
    sites = []

    def make(**environment):
        sites.append(Site(tmp_path, copy_sqlite(migrated_sqlite, tmp_path), **environment))
        return sites[-1]

    yield make
    for site in sites:
        site.close()


@pytest.fixture
def postgres_site(shared_postgres, tmp_path):
    """A function that makes a site on the shared PostgreSQL server."""
    sites = []

    def make(**environment):
        name = next(_names)
        shared_postgres.create(name, template="topbox")
        sites.append(Site(tmp_path, shared_postgres.address(name), **environment))
        return sites[-1]

    yield make
    for site in sites:
        site.close()


@pytest.fixture(params=["sqlite_site", "postgres_site"], ids=["sqlite", "postgresql"])
def make_site(request):
    """A function that makes a site, on each database."""
    return request.getfixturevalue(request.param)
