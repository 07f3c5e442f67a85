"""What every run of tests loads, whatever part of the house it is of."""

pytest_plugins = ("tests.choosing", "tests.skipping")
