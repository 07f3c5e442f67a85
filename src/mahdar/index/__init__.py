"""What is found fast: words, columns and vectors of an archive, made again from it alone."""
