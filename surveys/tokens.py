"""Tokens of personal links: 160 random bits, of which only a hash is kept."""

import base64
import hashlib
import hmac
import re
import secrets

from django.conf import settings

TOKEN_BYTES = 20
TOKEN = re.compile(r"[-_A-Za-z0-9]{27}")


def new_token():
    """A fresh token for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_seed():
    """A fresh seed, from which a token follows with the secret key."""
    return secrets.token_hex(16)


def token_of(seed, *, token_hash=None):
    """The token of a seed; without it and the secret key nobody can make it.

    Of the current and the former secret keys that one is taken which gives the
    stored hash; None when none does.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _derived(key, seed)
        if token_hash is None or hmac.compare_digest(hash_token(token), token_hash):
            return token
    return None


def _derived(key, seed):
    digest = hmac.digest(f"topbox.link:{key}".encode(), seed.encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")


def is_token(text):
    """Whether a text has the form of our tokens."""
    return TOKEN.fullmatch(text) is not None


def hash_token(token):
    """What is stored of a token; a plain hash does, for the token is random."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
