"""How we are, for programs that watch: no versions, no names, no secrets."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from surveys.selectors.health import state_of_parts


@require_safe
@never_cache
def healthz(request):
    """The process answers; the database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """Whether answers can be taken and jobs are done; 503 names the part that is missing."""
    parts = state_of_parts()
    is_ready = all(parts.values())
    return JsonResponse(
        {
            "status": "ready" if is_ready else "not ready",
            "parts": {name: "ok" if works else "failing" for name, works in parts.items()},
        },
        status=200 if is_ready else 503,
    )
