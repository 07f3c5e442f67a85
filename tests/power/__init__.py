"""Make up what a disk may hold after a power cut, from what a program wrote and synced."""
