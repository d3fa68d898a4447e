"""Days, moments and counts of results pages, written as in their sentences."""

from django import template

from reports.words import formatting

register = template.Library()
register.filter("day", formatting.day, expects_localtime=True)
register.filter("moment", formatting.moment)
register.filter("count", formatting.count)
