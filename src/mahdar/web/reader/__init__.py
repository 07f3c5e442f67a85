"""What the page of a record shows: the meeting, its contents, findings, votes, pages."""
