"""The API: what the site shows, as data for other programs."""
