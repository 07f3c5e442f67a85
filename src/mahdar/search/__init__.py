"""Find words and meanings in many records: analysis, query language, indexes."""
