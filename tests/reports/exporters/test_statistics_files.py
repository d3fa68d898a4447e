"""Files for SPSS and Stata: their times, and what happens when their process cannot write."""

from zoneinfo import ZoneInfo

import pyreadstat
import pytest

from reports.exporters import statistics_files
from reports.exporters.errors import ExportFailed
from tests.reports.exporters.test_answers import stored, written

READ = {"sav": (pyreadstat.read_sav, "."), "dta": (pyreadstat.read_dta, "_")}


@pytest.mark.parametrize("kind", READ)
def test_days_and_times_are_those_of_the_clock_on_the_wall(random_survey, tmp_path, kind):
    read, dot = READ[kind]

    frame, _meta = read(written(random_survey, kind, tmp_path, cells="numbers"))

    zone, expected = ZoneInfo(random_survey.time_zone), stored(random_survey)
    assert len(frame) == len(expected)
    for row in frame.to_dict("records"):
        response = expected[row[f"response{dot}id"]]
        local = response.submitted_at.astimezone(zone).replace(tzinfo=None)
        assert row[f"response{dot}time"] == local
        assert row[f"response{dot}day"] == response.submitted_on


@pytest.mark.parametrize("kind", READ)
def test_too_little_memory_gives_a_sentence_and_no_file(random_survey, tmp_path, kind, monkeypatch):
    monkeypatch.setattr(statistics_files, "MEMORY_BYTES", 1)

    with pytest.raises(ExportFailed, match="take CSV"):
        written(random_survey, kind, tmp_path, cells="numbers")

    assert list(tmp_path.iterdir()) == []


def test_file_that_cannot_be_written_may_be_tried_again(random_survey, tmp_path):
    with pytest.raises(OSError, match="does not exist"):
        written(random_survey, "sav", tmp_path / "gone", cells="numbers")
