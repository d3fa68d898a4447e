"""Signing in: staff accounts are made by an administrator, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffAccountAdapter(DefaultAccountAdapter):
    """Closes the sign-up page."""

    def is_open_for_signup(self, request):
        """Nobody may make an account for themselves."""
        return False
