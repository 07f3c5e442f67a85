"""From text to what is compared: the forms and stems of its words, vectors of its meaning."""
