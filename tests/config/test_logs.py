"""No link of a customer is written into a log."""

import io
import logging

import pytest

from config.logs import HideLinks, hide_links


@pytest.mark.parametrize(
    "line",
    [
        "GET /r/SECRETTOKEN/ HTTP/1.1",
        "GET /s/till/SECRETTOKEN/2/?lang=en",
        "Referer: https://survey.example/r/SECRETTOKEN/thanks/",
    ],
)
def test_link_is_left_out(line):
    assert "SECRETTOKEN" not in hide_links(line)


def test_other_addresses_stay():
    assert hide_links("GET /reports/service/curve/") == "GET /reports/service/curve/"


def test_arguments_of_a_log_record_are_searched_too():
    target = io.StringIO()
    handler = logging.StreamHandler(target)
    logger = logging.Logger("links")
    logger.addHandler(handler)
    logger.warning("Not Found: %s", "/r/SECRETTOKEN/")
    assert "SECRETTOKEN" in target.getvalue()  # control: without the filter it is written

    handler.addFilter(HideLinks())
    logger.warning("Not Found: %s", "/r/OTHERTOKEN/")

    assert "OTHERTOKEN" not in target.getvalue()
