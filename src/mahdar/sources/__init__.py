"""From a file to blocks of text with their places. Knows nothing of the Council."""
