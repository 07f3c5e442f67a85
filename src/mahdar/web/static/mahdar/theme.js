"use strict";
// Before the page is painted: light or dark as the reader chose; else as the system says.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch (error) {
  // A browser that keeps nothing shows what the system says.
}
