"""Tables about what is said: each function takes an archive and returns an Arrow table.

Each has a command of its name under ``mahdar study``. Denominators stand in the tables: what a
rate was counted from is never left to guess.
"""

from mahdar.study.collocations import collocations
from mahdar.study.concordance import concordance
from mahdar.study.dispersion import dispersion
from mahdar.study.frequencies import frequencies
from mahdar.study.keyness import keyness
from mahdar.study.networks import citations, together
from mahdar.study.ngrams import ngrams

__all__ = [
    "citations",
    "collocations",
    "concordance",
    "dispersion",
    "frequencies",
    "keyness",
    "ngrams",
    "together",
]
