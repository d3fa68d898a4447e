"""What only links that anybody may use need: frames on other sites, and brakes against programs."""

from surveys.errors import TooManyPages
from surveys.services.address_limits import SUBMISSIONS
from surveys.views.client_address import client_address

from .doors import PublicDoor

# A field that no person sees; programs that fill in every field betray themselves. What
# they sent is stored all the same, marked, for a browser may have filled it in for a person.
TRAP = "_website"


def open_public_door(request, slug):
    """The public link at this address; the pages that its owner named may show it in a frame."""
    door = PublicDoor(slug)
    request.embed_hosts = door.link.embed_hosts
    return door


def refuse_flood(request):
    """Raise `TooManyPages` when one network address sends more than any shop full of people."""
    if request.method == "POST" and SUBMISSIONS.is_exceeded_by(client_address(request)):
        raise TooManyPages("Too many pages came from this address within a minute.")
