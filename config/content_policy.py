"""The Content-Security-Policy, put together once and not for every answer."""

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy


class ContentPolicyMiddleware(CSPMiddleware):
    """Leaves to django-csp what has a policy of its own; all others have the same one."""

    def process_response(self, request, response):
        """Set the header."""
        if self.get_policy_parts(request=request, response=response) != PolicyParts():
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._usual_policy)
        return response

    @cached_property
    def _usual_policy(self):
        return build_policy()
