"""What templates can say about records."""
