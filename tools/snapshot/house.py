"""A checkout at work: its commands, its site, and an archive of its own in a temporary folder."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import msgspec

_PATIENCE = 300.0
_TRIES = 3
"""A process of the site that ends is followed by another; what it was asked is asked again."""
_FINAL = {"Provisoire\n": "Documents officiels\n"}
"""What is printed on the cover of a final record in place of what a provisional one has."""


class Ran(msgspec.Struct, frozen=True):
    """What came of a command."""

    status: int
    out: bytes
    error: bytes


class Got(msgspec.Struct, frozen=True):
    """What the site answered: status, headers that matter, media type, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> str:
        """The media type."""
        return self.headers.get("Content-Type", "")


class House:
    """A checkout, run only by its command line and by HTTP, so that any version can be.

    Args:
        checkout: the folder that has ``src``.
        folder: for the archive and all files; empty.
    """

    def __init__(self, checkout: Path, folder: Path) -> None:
        if not (checkout / "src" / "mahdar").is_dir():  # another Mahdar would be asked in its place
            raise SystemExit(f"{checkout}: no checkout of Mahdar (it has no src/mahdar)")
        self.folder = folder
        self._checkout = checkout
        self.files = folder / "files"
        self.files.mkdir()
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MAHDAR_")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self._environment = {
            **environment,
            "PYTHONPATH": str(checkout / "src"), "PYTHONHASHSEED": "0",
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "MAHDAR_ARCHIVE": "archive",
            "MAHDAR_RATE": "1000000", "XDG_DATA_HOME": str(folder / "data"), "TZ": "UTC",
            "LANG": "C.UTF-8", "COLUMNS": "100",
        }  # fmt: skip

    def run(self, *words: str) -> Ran:
        """Run ``mahdar`` in the folder."""
        ran = subprocess.run(
            [sys.executable, "-m", "mahdar", *words], cwd=self.folder, env=self._environment,
            stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=_PATIENCE,
        )  # fmt: skip
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    @contextlib.contextmanager
    def serving(self, *options: str) -> Iterator[Site]:
        """Run the site on a free port of this machine."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with (self.folder / "site.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "mahdar", "serve", "--port", str(port), "--workers", "1",
                 "--no-vectors", *options],
                cwd=self.folder, env=self._environment, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            site = Site(f"http://127.0.0.1:{port}")
            end = time.monotonic() + _PATIENCE
            while not site.alive():
                if process.poll() is not None or time.monotonic() > end:
                    told = (self.folder / "site.log").read_text()
                    raise SystemExit(f"the site of {self._checkout} does not answer:\n{told}")
                time.sleep(0.2)
            yield site
        finally:
            process.terminate()  # SIGINT is not heeded in the background
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()

    def furnish(self, records: list[Path]) -> list[str]:
        """Fill the archive with the specimens, changed copies of them, and some real records.

        The specimens come by way of the site, which puts them into its archive.

        Args:
            records: files to add.

        Returns:
            The addresses of the specimens, such as ``S/PV.99902/en``.
        """
        with self.serving("--specimens") as site:
            listed = json.loads(site.get(f"{site.api}/records?limit=200").body)["items"]
            addresses = [f"{each['symbol']}/{each['language']}" for each in listed]
            for address in addresses:
                self._fetch(site, f"/{address}.json", f"{_stem(address)}.json")
                self._fetch(site, f"/sources/{address}@1.pdf", f"{_stem(address)}.pdf")
            self._fetch(site, "/S/PV.99902/fr.txt", "final.txt")
            self._fetch(site, "/S/PV.99902/en.txt", "unnamed.txt")
        self._change()
        for path in records:
            shutil.copy(path, self.files / path.name)
        added = ["final.txt", "unnamed.txt", "empty.txt", *(path.name for path in records)]
        for name in added:  # one by one, so that their order is the same
            self.run("add", "--vectors", "later", "--workers", "1", f"files/{name}")
        self.run("vectors", "--workers", str(os.cpu_count() or 1))
        return addresses

    def _fetch(self, site: Site, path: str, name: str) -> None:
        got = site.get(urllib.parse.quote(path))
        if got.status == 200:
            (self.files / name).write_bytes(got.body)

    def _change(self) -> None:
        """Make a second, final version of a record, one without a symbol, and an empty file."""
        text = (self.files / "final.txt").read_text(encoding="utf-8")
        for old, new in _FINAL.items():
            text = text.replace(old, new)
        (self.files / "final.txt").write_text(text, encoding="utf-8")
        text = (self.files / "unnamed.txt").read_text(encoding="utf-8")
        text = text.replace("S/PV.99902\n", "").replace("99902nd meeting\n", "")
        text = text.replace("99902th meeting\n", "")
        (self.files / "unnamed.txt").write_text(text, encoding="utf-8")
        (self.files / "empty.txt").write_bytes(b"")


def _stem(address: str) -> str:
    symbol, _, language = address.rpartition("/")
    return f"{symbol.replace('/', '-')}.{language}"


class Site:
    """A site that runs: asked as a browser asks."""

    kept = ("Content-Type", "Location", "Content-Disposition", "Content-Language", "Link",
            "Cache-Control", "Content-Security-Policy")  # fmt: skip

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._opener = urllib.request.build_opener(_Stay)

    @property
    def api(self) -> str:
        """Where its API is: of the versions that there have been the newest that answers."""
        for version in ("v2", "v1"):
            if self.get(f"/api/{version}/openapi.json").status == 200:
                return f"/api/{version}"
        raise SystemExit(f"{self.origin} has no API that is known")

    def alive(self) -> bool:
        """Tell whether it answers."""
        try:
            return self.get("/alive").status == 200
        except OSError:
            return False

    def get(self, path: str, language: str = "en") -> Got:
        """Ask for a page.

        Args:
            path: from the root, quoted.
            language: of the interface.
        """
        for _ in range(_TRIES):
            with contextlib.suppress(ConnectionResetError):
                return self._asked(path, language)
            print(f"asked again: {path}", file=sys.stderr)
            time.sleep(1)
        return self._asked(path, language)

    def _asked(self, path: str, language: str) -> Got:
        request = urllib.request.Request(
            self.origin + path, headers={"Accept-Language": language, "Accept": "*/*"}
        )
        try:
            with self._opener.open(request, timeout=_PATIENCE) as answer:
                return self._got(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return self._got(error.code, error.headers, error.read())

    def _got(self, status: int, headers: object, body: bytes) -> Got:
        found = {name: getattr(headers, "get")(name) for name in self.kept}  # noqa: B009
        return Got(status, {name: value for name, value in found.items() if value}, body)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: where it leads is the answer."""

    def redirect_request(self, *_: object) -> None:
        """Return nothing to go on with."""
