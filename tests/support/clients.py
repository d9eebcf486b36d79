"""How tests ask over HTTP."""

import ssl

BY_HTTP_ONLY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody. Else every client reads the certificates of all authorities, which takes 25 ms."""
