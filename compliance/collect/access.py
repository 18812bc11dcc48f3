"""The one place where raw errors and answers become an access value."""

from __future__ import annotations

import re
import socket
import ssl

import requests
import urllib3

from compliance.model.status import Access

_LOGIN = re.compile(r"/(?:login|masuk|sign-?in|siteman|wp-login\.php|accounts|ServiceLogin)(?:[/?#]|$)", re.I)


def of_status(status: int) -> Access:
    """The access value of an HTTP status."""
    if status in {401, 407}:
        return Access.LOGIN_REQUIRED
    if status == 403 or status == 451:
        return Access.BLOCKED
    if status == 404:
        return Access.NOT_FOUND
    if status == 410:
        return Access.GONE
    if status == 408:
        return Access.TIMEOUT
    if status == 429:
        return Access.RATE_LIMITED
    if 200 <= status < 300:
        return Access.OK
    if status >= 500:
        return Access.SERVER_ERROR
    if status in {405, 406, 400, 414, 415, 416, 422}:
        return Access.NOT_FOUND if status == 400 else Access.BLOCKED
    return Access.SERVER_ERROR if status >= 400 else Access.REDIRECT_LOOP


def of_error(error: BaseException) -> Access:
    """The access value of an exception of requests, urllib3, ssl or the operating system."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        inner = current.args[0] if current.args and isinstance(current.args[0], BaseException) else None
        current = (
            getattr(current, "reason", None) if isinstance(getattr(current, "reason", None), BaseException) else None
        )
        current = current or inner or (chain[-1].__cause__ or chain[-1].__context__)
    for link in chain:
        if isinstance(link, socket.gaierror | urllib3.exceptions.NameResolutionError):
            return Access.DNS
        if isinstance(link, requests.exceptions.SSLError | ssl.SSLError | ssl.CertificateError):
            return Access.TLS
        if isinstance(link, ConnectionRefusedError | ConnectionResetError):
            return Access.REFUSED
        if isinstance(link, requests.exceptions.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
            return Access.TIMEOUT
        if isinstance(link, requests.exceptions.TooManyRedirects):
            return Access.REDIRECT_LOOP
        if isinstance(link, urllib3.exceptions.IncompleteRead | requests.exceptions.ChunkedEncodingError):
            return Access.TRUNCATED
        if isinstance(link, requests.exceptions.ContentDecodingError | urllib3.exceptions.DecodeError):
            return Access.UNREADABLE
    return Access.REFUSED


def is_login(url: str) -> bool:
    """Whether a redirect led to a login page."""
    return bool(_LOGIN.search(url))
