"""What every run of tests loads, whatever part of the house it is of."""

pytest_plugins = ("tests.choosing", "tests.skipping")

# Made with version 0.1.0 and for it: with the house as it is now they cannot even be imported.
collect_ignore_glob = ["tests/data/*.py"]
