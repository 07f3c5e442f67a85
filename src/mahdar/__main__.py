"""Run the command line: ``python -m mahdar``."""

from mahdar.cli.main import main

if __name__ == "__main__":
    main(prog_name="mahdar")
