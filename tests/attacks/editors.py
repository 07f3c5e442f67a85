"""An editor who gives files to a site on this machine, as a browser does."""

from __future__ import annotations

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.attacks.asking import PATIENCE, Site

NAME, PASSWORD = "attacker", "a lamp on Coco Island"
_BOUND = "-----------------------------mahdar"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Editor:
    """Somebody who signs in and gives files.

    Args:
        site: where.
        sender: address that he comes from.
    """

    def __init__(self, site: Site, sender: str) -> None:
        self._site, self._sender = site, sender
        self._cookies: SimpleCookie = SimpleCookie()

    def sign_in(self) -> int:
        """Sign in; return the status, 302 where that went well."""
        form = {"name": NAME, "password": PASSWORD, "csrfmiddlewaretoken": self._token("/sign-in")}
        kind = "application/x-www-form-urlencoded"
        return self._ask("POST", "/sign-in", urlencode(form).encode(), kind)[0]

    def give(self, data: bytes) -> int:
        """Give a file; return the status, 302 where it was taken."""
        token = self._token("/uploads")
        head = (
            f'--{_BOUND}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f"{token}\r\n--{_BOUND}\r\nContent-Disposition: form-data;"
            ' name="file"; filename="a"\r\nContent-Type: application/octet-stream\r\n\r\n'
        )
        body = head.encode() + data + f"\r\n--{_BOUND}--\r\n".encode()
        return self._ask("POST", "/uploads", body, f"multipart/form-data; boundary={_BOUND}")[0]

    def _token(self, path: str) -> str:
        found = _TOKEN.search(self._ask("GET", path)[1])
        return found[1] if found else ""

    def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        asked = http.client.HTTPConnection(
            self._site.host, self._site.port, timeout=PATIENCE, source_address=(self._sender, 0)
        )
        headers = {"Host": "localhost", "Cookie": self._cookies.output([], "", ";").strip()}
        if kind:
            headers |= {"Content-Type": kind, "Origin": "http://localhost"}
        try:
            asked.request(method, path, body or None, headers)
            told = asked.getresponse()
            for name, value in told.getheaders():
                if name.lower() == "set-cookie":
                    self._cookies.load(value.split(";")[0])
            return told.status, told.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            asked.close()
