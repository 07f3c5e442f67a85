"""The process in which files are read: requests on standard input, answers on standard output.

A request is one line of JSON and the bytes of the file. An answer is a frame: eight bytes of
length, then MessagePack: ``["done", record or stages]``, ``["error", name, problem]`` or
``["memory"]``. The process lives until its input ends, so that many files pay for its start
once; where it is told the limits it ends by itself over a file that takes too long.
"""

from __future__ import annotations

import contextlib
import gc
import pickle
import signal
import struct
import sys
from typing import BinaryIO

import msgspec

from mahdar.errors import InputError, MahdarError
from mahdar.reading.bounded import Request
from mahdar.reading.read import read_opened
from mahdar.sources.files import open_bytes

_GRACE = 10.0


def main() -> None:
    """Answer requests until standard input ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    gc.disable()  # reading makes trees of tuples: the search for cycles takes time and finds none
    limited = False
    while line := requests.readline():
        request = msgspec.json.decode(line, type=Request)
        if not limited:
            limit_memory(request.options.limits.mebibytes)
            limited = True
        # Whoever asked ends this process when time is up, unless he is gone himself.
        signal.setitimer(signal.ITIMER_REAL, request.options.limits.seconds + _GRACE)
        _send(answers, _answer(requests, request))
        signal.setitimer(signal.ITIMER_REAL, 0)
        gc.collect()


def _answer(requests: BinaryIO, request: Request) -> bytes:
    encode = msgspec.msgpack.encode
    try:
        return encode(["done", msgspec.Raw(_read(requests.read(request.size), request))])
    except InputError as error:
        return encode(["error", type(error).__name__, error.problem])
    except MahdarError as error:
        return encode(["error", type(error).__name__, str(error)])
    except MemoryError:
        return encode(["memory"])
    except RecursionError:
        return encode(["error", "TooLarge", "its elements lie too deep in one another"])


def _read(data: bytes, request: Request) -> bytes:
    read = read_opened(open_bytes(data, request.name, request.options), request.options)
    made = read.record if request.want == "record" else pickle.dumps(read)
    return msgspec.msgpack.encode(made)


def _send(answers: BinaryIO, frame: bytes) -> None:
    answers.write(struct.pack(">Q", len(frame)))
    answers.write(frame)
    answers.flush()


def limit_memory(mebibytes: int) -> None:
    """Bound the address space, where the system can; a library that wants more then fails."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        # What this process starts may ask for room of its own, up to what it was given itself.
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, most))


if __name__ == "__main__":
    main()
