"""The public functions, one for each command: what ``mahdar.*`` is."""
