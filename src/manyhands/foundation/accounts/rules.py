"""What may be remembered of a caller, and what a safe way on is. Pure: no database, no request."""

import hashlib
import ipaddress

#: What tells a browser from another, the more particular first: Edge also says Chrome, Chrome also says Safari.
_BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
_SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]


def network_of(address: str) -> str:
    """The neighbourhood an address belongs to: 256 addresses, or one IPv6 site. Never the address itself.

    >>> network_of("203.0.113.77"), network_of("2001:db8:1:2:3::4"), network_of("nonsense")
    ('203.0.113.0', '2001:db8:1::', '')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    wide = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network(f"{found}/{wide}", strict=False).network_address)


def browser_of(agent: str) -> str:
    """The kind of browser and device, as a person would say it; empty when it cannot be told.

    >>> browser_of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    >>> browser_of("curl/8.1")
    ''
    """
    parts = [next((name for sign, name in signs if sign in agent), "") for signs in (_BROWSERS, _SYSTEMS)]
    return ", ".join(part for part in parts if part)


def caller_behind(proxies: int, forwarded: str, peer: str) -> str:
    """The address of the caller, believing exactly as many proxies as the operator said stand before us.

    Each proxy appends the address that called it, so the last ``proxies`` entries are ours to believe and everything
    before them is whatever the caller wrote.

    >>> caller_behind(0, "198.51.100.9", "203.0.113.5")
    '203.0.113.5'
    >>> caller_behind(1, "6.6.6.6, 198.51.100.9", "10.0.0.1")
    '198.51.100.9'
    >>> caller_behind(2, "198.51.100.9", "10.0.0.1")
    '10.0.0.1'
    """
    said = [part.strip() for part in forwarded.split(",") if part.strip()]
    wanted = said[-proxies] if 0 < proxies <= len(said) else peer
    for candidate in (wanted, peer):
        try:
            return str(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return "0.0.0.0"  # noqa: S104  (a local socket has no address; all such callers count as one)


def fingerprint(secret: str) -> str:
    """What is kept of a link's secret. Secrets are long and random, so they need no salt.

    >>> len(fingerprint("x"))
    64
    """
    return hashlib.sha256(secret.encode()).hexdigest()
