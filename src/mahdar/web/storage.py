"""How styles, scripts and fonts are kept to be served: packed once, named by their digest."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PackedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Packs by gzip alone: Brotli takes half a minute over the fonts, at the first start."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """Return what packs files."""
        return super().create_compressor(**{**kwargs, "use_brotli": False})
