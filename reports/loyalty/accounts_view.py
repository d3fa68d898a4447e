"""Accounts in words: one table with both weightings, and what they mean."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable
from reports.words import formatting

from .value_view import form_of, name_of


@dataclass(frozen=True, slots=True)
class AccountsView:
    """The table and the sentence under it; nothing where there are no figures."""

    table: ChartTable | None = None
    note: str = ""


def accounts_view(found):
    """The view of an `AccountsResult`, in the language that is active."""
    if not found.figures:
        return AccountsView()
    return AccountsView(_table(found), _note(found))


def _table(found):
    return ChartTable(
        caption=_("Satisfaction of accounts, by both weightings"),
        head=(
            _("Figure"),
            _("Each answer alike"),
            _("95% interval"),
            _("Each account alike"),
            _("95% interval"),
        ),
        rows=tuple(
            (name_of(one.key, found.best), *_cells(one.key, one.by_answer, one.by_account))
            for one in found.figures
        ),
    )


def _cells(key, *estimates):
    form = form_of(key)
    for estimate in estimates:
        yield form(estimate.value)
        yield formatting.interval(_possible(key, estimate), form)


def _possible(key, estimate):
    """A share is not below 0 nor above 1, whatever a symmetric interval says."""
    if key == "mean" or estimate.low is None:
        return estimate
    return replace(estimate, low=max(0.0, estimate.low), high=min(1.0, estimate.high))


def _note(found):
    return _(
        "%(accounts)s accounts with %(answers)s answers, at most %(most)s from one. Each account "
        "alike: one with ten answers weighs as much as one with a single answer. The intervals "
        "rest on how the accounts differ. By role: the breakdown."
    ) % {
        "accounts": formatting.count(found.accounts),
        "answers": formatting.count(found.answers),
        "most": formatting.count(found.most),
    }
