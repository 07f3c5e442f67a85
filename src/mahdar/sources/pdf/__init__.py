"""PDF files into pages of runs."""
