"""The site as the processes of `mahdar serve` take it.

They are a group of their own: an interrupt from the keyboard reaches only the process that started
them, which ends them in order. They end by themselves where it is gone.
"""

from __future__ import annotations

import os
import threading

from mahdar.web.parent import end_when_told, end_with, started_by

_parent = started_by()
if _parent is not None:  # and this is not somebody who only looks
    os.setpgid(0, 0)
    end_when_told()
    threading.Thread(target=end_with, args=(_parent,), daemon=True).start()

from mahdar.web.wsgi import gated  # noqa: E402  (what takes time comes last)

application = gated()
__all__ = ["application"]
