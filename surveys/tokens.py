"""Tokens of personal links: 160 random bits, of which only a hash is kept."""

import hashlib
import re
import secrets

TOKEN_BYTES = 20
TOKEN = re.compile(r"[-_A-Za-z0-9]{27}")


def new_token():
    """A fresh token for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def is_token(text):
    """Whether a text has the form of our tokens."""
    return TOKEN.fullmatch(text) is not None


def hash_token(token):
    """What is stored of a token; a plain hash does, for the token is random."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
