"""The analysis as JSON; `README.md` documents every key. Nothing is rounded."""

from reports.words.sentences import sentence
from scoring.results import to_plain

from .analysis import loyalty_words
from .text import setting_for

SCHEMA = 1


def as_document(analysis):
    """Plain dicts, lists, numbers and strings."""
    return {
        "schema": SCHEMA,
        "file": analysis.file,
        "rows": analysis.rows,
        "filtered_out": analysis.filtered_out,
        "used": analysis.used,
        "unusable": dict(analysis.unusable),
        "columns": to_plain(analysis.columns),
        "conditions": list(analysis.conditions),
        "scale": {"lowest": analysis.scale.lowest, "highest": analysis.scale.highest},
        "loyal_means": loyalty_words(analysis.rule, analysis.columns.loyalty),
        "loyalty_kind": analysis.rule.kind.value,
        "weighted": analysis.weighted,
        **curve_document(analysis.whole),
        "segments": [
            {"segment": group.name, **curve_document(group)} for group in analysis.segments
        ],
    }


def curve_document(group):
    """Points, comparison, line, tests and findings of one curve; null where a figure is hidden."""
    curve, step = group.curve, group.step
    return {
        "confidence": curve.top_against_next.ratio.confidence,
        "base": curve.base,
        "points": [_point(point) for point in group.points],
        "ratio": step and _figure(step.ratio),
        "difference": step and _figure(step.difference),
        "defection_ratio": step and _figure(step.defection_ratio),
        "top_against_next": step and _compared(step),
        "isotonic": None if group.hides_points else to_plain(curve.isotonic),
        "linear": _line(curve.line),
        "tests": _tests(curve.tests, curve.top_against_next),
        "bend": _bend(group.bend),
        "findings": [
            {**to_plain(finding), "sentence": sentence(finding, setting_for(group))}
            for finding in group.findings
        ],
        "reasons": to_plain(curve.reasons),
    }


def _compared(step):
    return {
        "top_score": step.top_score,
        "next_score": step.next_score,
        "top": _figure(step.top),
        "next": _figure(step.next),
        "more_respondents": step.more_respondents,
    }


def _point(point):
    return {
        "score": point.score,
        "n": point.n,
        "loyal": point.loyal,
        "share": point.share.value,
        "low": point.share.low,
        "high": point.share.high,
        "status": point.share.status.value,
        "effective_n": point.share.effective_base,
    }


def _figure(estimate):
    return to_plain(
        {
            "value": estimate.value,
            "low": estimate.low,
            "high": estimate.high,
            "base": estimate.base,
            "confidence": estimate.confidence,
            "method": estimate.method,
            "status": estimate.status,
            "reasons": list(estimate.reasons),
        }
    )


def _line(line):
    return to_plain(
        {
            "intercept": line.intercept,
            "slope": line.slope,
            "intercept_error": line.intercept_error,
            "slope_error": line.slope_error,
            "odds_ratio_per_point": _figure(line.odds_ratio),
            "fitted": line.fitted,
            "deviance": line.deviance,
            "df_residual": line.df_residual,
            "method": line.method,
            "status": line.status,
            "reasons": line.reasons,
        }
    )


def _tests(tests, step):
    named = {
        "linear_against_points": tests.linear,
        "kink_at_top": tests.top,
        "kink_at_bottom": tests.bottom,
        "curvature": tests.curvature,
        "trend": tests.trend,
        "homogeneity": tests.homogeneity,
        "top_against_next": step.test,
    }
    return to_plain(named) | {"extra_odds_top": _figure(tests.extra_odds_top)}


def _bend(verdict):
    return to_plain(
        {
            "verdict": verdict.verdict,
            "look": verdict.look,
            "p_value": verdict.p_value,
            "more_respondents": verdict.more_respondents,
        }
    )
