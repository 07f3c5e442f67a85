"""What is tried: each attack goes on for some seconds and yields the statuses it was answered with."""

from __future__ import annotations

import contextlib
import itertools
import random
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from tests.attacks.asking import Site

KEY = "S/PV.99902"
SENDER = "127.0.0.66"
_HOSTILE = ("..", "\x00", "%0a", "\x1b[2J", "<script>", "'; --", "%ff", "\ud7ff", "co-op*", "U.S.*")


def _on_four(site: Site, seconds: float, path_of: Callable[[random.Random], str]) -> Iterator[int]:
    """Ask for pages, one after another on four connections."""
    until = time.monotonic() + seconds

    def ask(number: int) -> list[int]:
        chance, told = random.Random(number), []
        while time.monotonic() < until:
            told.append(site.get(path_of(chance), SENDER).status)
        return told

    with ThreadPoolExecutor(4) as pool:
        for told in pool.map(ask, range(4)):
            yield from told


def missing_pages(site: Site, seconds: float) -> Iterator[int]:
    """Ask for pictures of pages that are not there."""
    numbers = itertools.count(1000)
    return _on_four(site, seconds, lambda _: f"/pages/{KEY}/en@1/{next(numbers)}.png")


def cold_pictures(site: Site, seconds: float) -> Iterator[int]:
    """Ask for 24 pictures at once that are not drawn, again and again."""
    until = time.monotonic() + seconds
    paths = [
        f"/pages/{KEY}/{code}@1/{page}.png"
        for code in ("ar", "en", "es", "fr", "ru", "zh") for page in range(1, 5)
    ]  # fmt: skip
    with ThreadPoolExecutor(24) as pool:
        while time.monotonic() < until:
            yield from (a.status for a in pool.map(lambda path: site.get(path, SENDER), paths))
            time.sleep(0.5)


def slow_bodies(site: Site, seconds: float) -> Iterator[int]:
    """Begin twenty bodies and send a byte of each now and then."""
    until = time.monotonic() + seconds
    held: list[socket.socket] = []
    while time.monotonic() < until:
        while len(held) < 20:
            made = site.send("POST /sign-in HTTP/1.1\r\nContent-Length: 900000", SENDER)
            if made is None:
                yield 0
                break
            made.setblocking(False)
            held.append(made)
        for made in list(held):
            status = _status(made)
            if status is not None:
                yield status
                held.remove(made)
                made.close()
        time.sleep(0.25)
    for made in held:
        made.close()


def _status(made: socket.socket) -> int | None:
    """Send a byte more; return the status where there was an answer, 0 where it was ended."""
    try:
        made.send(b"x")
    except BlockingIOError:
        pass
    except OSError:
        return 0
    with contextlib.suppress(BlockingIOError, OSError, ValueError, IndexError):
        return int(made.recv(4096).split()[1])
    return None


def large_uploads(site: Site, seconds: float) -> Iterator[int]:
    """Send 1,500 MiB in fifteen bodies, without saying who one is."""
    del seconds
    head = f"POST /uploads HTTP/1.1\r\nContent-Length: {100 << 20}"

    def send(_: int) -> int:
        made = site.send(head, SENDER)
        if made is None:
            return 0
        block = b"x" * (1 << 20)
        with made:
            with contextlib.suppress(OSError):
                for _block in range(100):
                    made.sendall(block)
            with contextlib.suppress(OSError, ValueError, IndexError):
                return int(made.recv(4096).split()[1])
        return 0

    with ThreadPoolExecutor(5) as pool:
        yield from pool.map(send, range(15))


def costly_exports(site: Site, seconds: float) -> Iterator[int]:
    """Ask for ten exports a second, each of another form and language."""
    until = time.monotonic() + seconds
    paths = itertools.cycle(
        f"/{KEY}/{code}@1.{form}"
        for form in ("docx", "pdf", "html", "akn.xml", "tei.xml", "parquet.zip")
        for code in ("ar", "en", "es", "fr", "ru", "zh")
    )
    with ThreadPoolExecutor(24) as pool:
        waiting = []
        while time.monotonic() < until:
            waiting.append(pool.submit(site.get, next(paths), SENDER))
            time.sleep(0.1)
        yield from (each.result().status for each in waiting)


def hostile_texts(site: Site, seconds: float) -> Iterator[int]:
    """Ask odd questions of what is dear."""
    pages = ("/search?q=", "/concordance?word=", "/search.atom?q=", "/people/")

    def path_of(chance: random.Random) -> str:
        words = (chance.choice(_HOSTILE) for _ in range(chance.randrange(1, 200)))
        return chance.choice(pages) + quote("".join(words))

    return _on_four(site, seconds, path_of)


def hostile_queue(site: Site, seconds: float) -> Iterator[int]:
    """Give the site one bait after another to be read; needs the editor of `tests.attacks`."""
    from tools.baits import TEXTS, WORD_FILES

    from tests.attacks.editors import Editor

    until = time.monotonic() + seconds
    editor = Editor(site, SENDER)
    status = editor.sign_in()
    if status != 302:
        yield status
        return
    for number, bait in enumerate(itertools.cycle([*TEXTS.values(), *WORD_FILES.values()])):
        if time.monotonic() > until:
            return
        yield editor.give(bait((64 << 10) - number))
        time.sleep(0.3)


ATTACKS: dict[str, Callable[[Site, float], Iterator[int]]] = {
    "missing-pages": missing_pages,
    "cold-pictures": cold_pictures,
    "slow-bodies": slow_bodies,
    "large-uploads": large_uploads,
    "costly-exports": costly_exports,
    "hostile-texts": hostile_texts,
    "hostile-queue": hostile_queue,
}
