"""``manage.py rebuild_rollups``: count the kept days anew, or look whether they are right."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.rollups import rebuild, wrong_days
from surveys.models import Survey


class Command(BaseCommand):
    """Needed only when answers were changed past Topbox; figures stay right meanwhile."""

    help = "Count the days of all surveys anew, or only check them."

    def add_arguments(self, parser):
        """Which surveys, and whether to change anything."""
        parser.add_argument("surveys", nargs="*", metavar="SURVEY", help="Slug; all if none.")
        parser.add_argument("--check", action="store_true", help="Only compare with the answers.")

    def handle(self, *args, surveys, check, **options):
        """Say of each survey what was done or found; fail where a count is wrong."""
        chosen = Survey.objects.order_by("slug")
        if surveys:
            chosen = chosen.filter(slug__in=surveys)
            if unknown := set(surveys) - set(chosen.values_list("slug", flat=True)):
                raise CommandError(_("There is no survey “%(slug)s”.") % {"slug": min(unknown)})
        wrong = sum([self._treat(survey, check) for survey in chosen])
        if wrong:
            raise CommandError(_("Wrong days: %(number)s.") % {"number": wrong})

    def _treat(self, survey, check):
        if not check:
            rebuild(survey)
        found = wrong_days(survey) if check else []
        said = ", ".join(map(str, found)) or (_("right") if check else _("counted anew"))
        self.stdout.write(f"{survey.slug}: {said}")
        return len(found)
