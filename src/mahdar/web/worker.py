"""The site as the processes of `mahdar serve` take it.

They are a group of their own: an interrupt from the keyboard reaches only the process that started
them, which ends them in order. They end by themselves where it is gone.
"""

from __future__ import annotations

import os
import signal
import threading
import time

_PAUSE = 2.0


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PAUSE)
    os.kill(os.getpid(), signal.SIGTERM)


if os.environ.get("MAHDAR_SERVES") == "1":  # and this is not somebody who only looks
    os.setpgid(0, 0)
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()

from mahdar.web.wsgi import application  # noqa: E402  (what takes time comes last)

__all__ = ["application"]
