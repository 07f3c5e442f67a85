"""Records as documents: text, PDF, DOCX, HTML, Akoma Ntoso, TEI, tables."""
