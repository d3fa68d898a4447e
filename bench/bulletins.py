"""What a bulletin costs: part of ``python -m bench.results``.

The memory of the process that draws is not known where the one that starts it
has held more: the system counts that in.
"""

import io
import resource
import time

LEVELS = ("manager", "full")
MOST_SECONDS_OF_TWELVE_PAGES, MOST_MB, MOST_FILE_MB = 4, 200, 1


def measure_bulletins(survey):
    """Draw each length twice, as a worker that has drawn before, and print the second."""
    from reports.exporters.bulletin import draw_bulletin

    print(
        f"{'bulletin':28}{'pages':>6}{'wall s':>8}{'cpu s':>7}{'of 12':>7}{'MB':>6}{'file MB':>9}"
    )
    for level in LEVELS:
        wish = {"survey": survey, "unit": None, "level": level, "language": "en"}
        first = draw_bulletin(**wish).content
        begun, spent = time.perf_counter(), _processor()
        again = draw_bulletin(**wish).content
        seconds, processor = time.perf_counter() - begun, _processor() - spent
        pages = _pages(again)
        twelve = f"{processor / pages * 12:.1f}" if level == "full" else ""
        renderer, own = (
            resource.getrusage(who).ru_maxrss / 1024
            for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
        )
        drawing = "?" if renderer <= own else f"{renderer:.0f}"
        print(
            f"{level:28}{pages:6}{seconds:8.1f}{processor:7.1f}{twelve:>7}"
            f"{drawing:>6}{len(again) / 1e6:9.2f}"
            f"{'' if first == again else '  other bytes'}",
            flush=True,
        )
    print(
        f"goals: {MOST_SECONDS_OF_TWELVE_PAGES} s of processor for 12 pages, {MOST_MB} MB in the"
        f" process that draws, {MOST_FILE_MB} MB of file, the same bytes"
    )


def _processor():
    """Seconds of processor of this process and of those that it started."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _pages(content):
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
