"""The process in which PDFs are read: it takes requests on standard input and answers with pages.

A request is one line of JSON (the path and the limits). Each answer is a frame: four
bytes of length, then MessagePack: ``["page", page]``, ``["error", name, problem]``
or ``["end"]``. The process lives until its input ends, so that many files pay for
its start once.
"""

from __future__ import annotations

import contextlib
import gc
import struct
import sys
from typing import BinaryIO

import msgspec

from mahdar.errors import InputError
from mahdar.sources.pdf.document import read_pages
from mahdar.sources.pdf.limits import Request


def main() -> None:
    """Answer requests until standard input ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    encoder = msgspec.msgpack.Encoder()
    limited = False
    gc.disable()  # pages are trees of tuples: the search for cycles takes time and finds none
    for line in requests:
        request = msgspec.json.decode(line, type=Request)
        if not limited:
            _limit_memory(request.limits.mebibytes)
            limited = True
        try:
            for page in read_pages(request.path, request.limits):
                _answer(answers, encoder.encode(["page", page]))
            _answer(answers, encoder.encode(["end"]))
        except InputError as error:
            _answer(answers, encoder.encode(["error", type(error).__name__, error.problem]))
        except MemoryError:
            problem = f"reading it takes more than {request.limits.mebibytes} MiB of memory"
            _answer(answers, encoder.encode(["error", "TooLarge", problem]))
        answers.flush()
        gc.collect()


def _answer(answers: BinaryIO, frame: bytes) -> None:
    answers.write(struct.pack(">I", len(frame)))
    answers.write(frame)


def _limit_memory(mebibytes: int) -> None:
    """Bound the address space, where the system can; a library that wants more then fails."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        most = mebibytes << 20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main()
