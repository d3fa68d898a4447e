"""Control of R6 and R7: the web server, but a personal link is never taken."""

from config.wsgi import application  # noqa: F401
from surveys.services import submit_response

submit_response._claim = lambda invitation: True
