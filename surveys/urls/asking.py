"""Addresses of the staff pages for asking customers: waves, series and event rules."""

from django.urls import path

from surveys.views.manage import asking, event_rules, waves

ASKING = "manage/surveys/<slug:slug>/asking/"
WAVE = ASKING + "waves/<int:pk>/"
SERIES = ASKING + "series/<int:pk>/"
RULE = ASKING + "rules/<int:pk>/"

urlpatterns = [
    path(ASKING, asking.asking, name="asking"),
    path(ASKING + "waves/add/", waves.wave_add, name="wave_add"),
    path(WAVE, waves.wave_detail, name="wave_detail"),
    path(WAVE + "edit/", waves.wave_edit, name="wave_edit"),
    path(WAVE + "start/", waves.wave_start, name="wave_start"),
    path(WAVE + "pause/", waves.wave_pause, name="wave_pause"),
    path(WAVE + "resume/", waves.wave_resume, name="wave_resume"),
    path(WAVE + "stop/", waves.wave_stop, name="wave_stop"),
    path(WAVE + "skipped/", waves.wave_skipped, name="wave_skipped"),
    path(WAVE + "skipped.csv", waves.wave_skipped_file, name="wave_skipped_file"),
    path(ASKING + "series/add/", asking.series_add, name="series_add"),
    path(SERIES, asking.series_edit, name="series_edit"),
    path(SERIES + "switch/", asking.series_switch, name="series_switch"),
    path(ASKING + "rules/add/", event_rules.event_rule_add, name="event_rule_add"),
    path(RULE, event_rules.event_rule_edit, name="event_rule_edit"),
    path(RULE + "switch/", event_rules.event_rule_switch, name="event_rule_switch"),
]
