"""Addresses of the staff pages for asking customers: waves, series and event rules."""

from django.urls import path

from surveys.views import manage_asking, manage_event_rules, manage_waves

ASKING = "manage/surveys/<slug:slug>/asking/"
WAVE = ASKING + "waves/<int:pk>/"
SERIES = ASKING + "series/<int:pk>/"
RULE = ASKING + "rules/<int:pk>/"

urlpatterns = [
    path(ASKING, manage_asking.asking, name="asking"),
    path(ASKING + "waves/add/", manage_waves.wave_add, name="wave_add"),
    path(WAVE, manage_waves.wave_detail, name="wave_detail"),
    path(WAVE + "edit/", manage_waves.wave_edit, name="wave_edit"),
    path(WAVE + "start/", manage_waves.wave_start, name="wave_start"),
    path(WAVE + "pause/", manage_waves.wave_pause, name="wave_pause"),
    path(WAVE + "resume/", manage_waves.wave_resume, name="wave_resume"),
    path(WAVE + "stop/", manage_waves.wave_stop, name="wave_stop"),
    path(WAVE + "skipped/", manage_waves.wave_skipped, name="wave_skipped"),
    path(WAVE + "skipped.csv", manage_waves.wave_skipped_file, name="wave_skipped_file"),
    path(ASKING + "series/add/", manage_asking.series_add, name="series_add"),
    path(SERIES, manage_asking.series_edit, name="series_edit"),
    path(SERIES + "switch/", manage_asking.series_switch, name="series_switch"),
    path(ASKING + "rules/add/", manage_event_rules.event_rule_add, name="event_rule_add"),
    path(RULE, manage_event_rules.event_rule_edit, name="event_rule_edit"),
    path(RULE + "switch/", manage_event_rules.event_rule_switch, name="event_rule_switch"),
]
