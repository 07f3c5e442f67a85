"""The key with which the site signs: made once, kept in a file that only its owner may read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from mahdar.errors import ArchiveError

_BYTES = 48


def secret_key(folder: Path) -> str:
    """Return the key of the site whose files are in a folder; made where there is none yet.

    Args:
        folder: of the site; made too.

    Raises:
        ArchiveError: it cannot be read or written.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> secret_key(folder) == secret_key(folder), oct((folder / "secret-key").stat().st_mode)[-3:]
    (True, '600')
    """
    path = folder / "secret-key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            # Whoever comes first makes it; it is whole when it gets its name.
            new = folder / f".secret-key-{os.getpid()}"
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(_BYTES))
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink(missing_ok=True)
        return path.read_text()
    except OSError as error:
        raise ArchiveError(f"{path}: the key of the site: {error.strerror}") from None
