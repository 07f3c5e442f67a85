"""Invented meetings that the project ships."""
