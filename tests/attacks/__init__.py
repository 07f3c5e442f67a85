"""Attacks on a site on this machine, that anyone can run: see docs/safety.md.

    python -m tests.attacks --archive FOLDER     # a site of its own, all attacks, and eight readers
    python -m tests.attacks --site http://127.0.0.1:8000 --only slow-bodies

Readers and attackers each come from another address of 127.0.0.0/8.
"""
