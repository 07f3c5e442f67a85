"""What a version of Mahdar answers, kept as files: see tools/compare_versions.py."""
