"""From blocks as they lie to passages as they are read."""
