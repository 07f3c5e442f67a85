"""An invented meeting in six languages, as data: what happened, and the words of each language."""
