"""Blocks every connection that leaves this machine; found by child processes through PYTHONPATH, imported by conftest."""

import ipaddress
import socket

_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


class NetworkBlocked(RuntimeError):
    """Something tried to leave the machine. Not an OSError, so that no retry or fallback swallows it as one."""


def _check(host):
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        local = ipaddress.ip_address(str(name).split("%")[0])
    except ValueError:
        raise NetworkBlocked(f"the tests may not look up {name!r}") from None
    if not (local.is_loopback or local.is_unspecified):
        raise NetworkBlocked(f"the tests may not connect to {name!r}")


def _guard(original):
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _check(address[0])
        return original(self, address)

    return guarded


def _guarded_getaddrinfo(host, *args, **kwargs):
    _check(host)
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect = _guard(_connect)
socket.socket.connect_ex = _guard(_connect_ex)
socket.getaddrinfo = _guarded_getaddrinfo
