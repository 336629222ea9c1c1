"""The domain that an article comes from."""

from __future__ import annotations

from urllib.parse import urlsplit


def domain_of(url: str | None) -> str | None:
    """The domain of an address, without `www.`; None where there is none.

    >>> domain_of("https://www.example.org/news?id=3"), domain_of("example.org"), domain_of("a b")
    ('example.org', 'example.org', None)
    """
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:  # what is no address, as `http://[`
        return None
    host = host.removeprefix("www.").strip(".")
    return host if "." in host and not any(map(str.isspace, host)) else None
