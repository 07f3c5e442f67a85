"""Which network an address belongs to: what is held back is held back for the whole of it."""

from __future__ import annotations

import functools
import ipaddress

_PREFIX = 64


@functools.lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Return the network of an address: IPv6 by its first 64 bits, which one reader has whole.

    Args:
        address: as the server or a proxy tells it; what is no address stays as it is.

    >>> network_of("2001:db8:1:2:3:4:5:6"), network_of("192.0.2.7"), network_of("::ffff:192.0.2.7")
    ('2001:db8:1:2::', '192.0.2.7', '192.0.2.7')
    >>> network_of("[2001:db8::1]:443"), network_of("unknown")
    ('2001:db8::', 'unknown')
    """
    bare = address.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    try:
        parsed = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return bare[:64]
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    bits = int(parsed) >> (128 - _PREFIX) << (128 - _PREFIX)
    return str(ipaddress.IPv6Address(bits))
