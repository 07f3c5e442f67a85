"""Reading order of a text without geometry, from the continuity of its words alone."""
