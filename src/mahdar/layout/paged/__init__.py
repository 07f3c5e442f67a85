"""Reading order from geometry: columns, lines, paragraphs and furniture of printed pages."""
