"use strict";
// What pages can do with scripts: copy citations, move by keys, follow the contents, take a file
// that is dropped. Every page works without.

const toast = document.getElementById("toast");
let fading;

function tell(text) {
  toast.textContent = text;
  toast.classList.add("on");
  clearTimeout(fading);
  fading = setTimeout(() => toast.classList.remove("on"), 6000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    tell(`${document.body.dataset.copied} ${text}`);
  } catch (error) {
    tell(`${document.body.dataset.notCopied} ${text}`);
  }
}

// A link to the page that cites a place becomes the button that copies the citation.
function cite(link) {
  const address = new URL(link.dataset.to, document.baseURI).href;
  const paragraph = link.closest("p[id]");
  if (paragraph) history.replaceState(history.state, "", `#${paragraph.id}`);
  return copy(`${link.dataset.cite}, ${address}`);
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a[data-cite]");
  if (link) {
    event.preventDefault();
    cite(link);
    return;
  }
  const button = event.target.closest("button[data-copy]");
  if (button) copy(button.dataset.copy);
});

function upgrade(root) {
  for (const link of root.querySelectorAll("a[data-cite]")) link.setAttribute("role", "button");
  for (const button of root.querySelectorAll("button.copy")) button.hidden = false;
}

document.addEventListener("keydown", (event) => {
  // What is a button to those who hear the page answers to the space bar too.
  if (event.key === " " && event.target.matches("a[data-cite]")) {
    event.preventDefault();
    cite(event.target);
  }
});

// Keys: only where nobody types, and without a modifier; they can be turned off (WCAG 2.1.4).
const steps = {
  j: ["article.turn, li.hit", 1], k: ["article.turn, li.hit", -1],
  n: ["article.turn p[id], li.hit .passage", 1], p: ["article.turn p[id], li.hit .passage", -1],
};

function step(selector, way) {
  const all = [...document.querySelectorAll(selector)];
  const here = document.activeElement.closest(selector);
  let next;
  if (here) {
    next = all[all.indexOf(here) + way];
  } else {
    // What ends in the first lines of the window has been read.
    const below = all.findIndex((each) => each.getBoundingClientRect().bottom > 24);
    next = way > 0 ? all[below] : all[below - 1];
  }
  if (!next) return;
  const target = next.matches("li.hit") ? next.querySelector("a") : next;
  if (target === next) next.tabIndex = -1;
  target.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
}

function keysAreOn() {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch (error) {
    return true;
  }
}

function offerKeys() {
  const box = document.getElementById("use-keys");
  box.checked = keysAreOn();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem("keys", box.checked ? "on" : "off");
    } catch (error) {
      box.checked = true;
    }
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  if (event.key === "?") {
    document.getElementById("keys").showModal();
  } else if (!keysAreOn()) {
    return;
  } else if (steps[event.key]) {
    event.preventDefault();
    step(...steps[event.key]);
  } else if (event.key === "/") {
    const box = document.querySelector("input[data-key='/']");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  } else if (event.key === "c") {
    const here = document.activeElement.closest("p[id], article.turn, li.hit");
    const link = here && here.querySelector("a[data-cite]");
    if (link) cite(link);
  } else if (event.key === "t") {
    const contents = document.getElementById("contents");
    if (contents) {
      event.preventDefault();
      contents.open = true;
      (contents.querySelector("a[aria-current]") || contents.querySelector("a, summary")).focus();
    }
  }
});

// The contents show where one reads.
function follow() {
  const links = new Map();
  for (const link of document.querySelectorAll(".contents a")) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  }
  if (!links.size || !("IntersectionObserver" in window)) return;
  let current = null;
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      if (current) current.removeAttribute("aria-current");
      current = links.get(entry.target.id);
      current.setAttribute("aria-current", "location");
      const list = current.closest("nav");
      const [box, row] = [list.getBoundingClientRect(), current.getBoundingClientRect()];
      if (row.top < box.top || row.bottom > box.bottom) {
        list.scrollTop += row.top - box.top - box.height / 3;
      }
    }
  }, { rootMargin: "-15% 0px -75% 0px" });
  for (const name of links.keys()) {
    const target = document.getElementById(name);
    if (target) seen.observe(target);
  }
  // On a small screen the contents are closed until they are wanted.
  if (matchMedia("(max-width: 60rem)").matches) document.getElementById("contents").open = false;
}

// A stretch of a page of the source and its paragraph light up together.
function light(name, on) {
  for (const each of document.querySelectorAll(`rect[data-of="${CSS.escape(name)}"]`)) {
    each.classList.toggle("lit", on);
  }
  const paragraph = document.getElementById(name);
  if (paragraph) paragraph.classList.toggle("lit", on);
}

function pair() {
  const leaves = [...document.querySelectorAll("figure.leaf")];
  if (!leaves.length) return;
  if (matchMedia("(min-width: 96rem)").matches) keepBeside(leaves);
  for (const [type, on] of [["mouseover", true], ["mouseout", false]]) {
    document.addEventListener(type, (event) => {
      const area = event.target.closest("rect[data-of]");
      const paragraph = event.target.closest(".meeting p[id]");
      if (area) light(area.dataset.of, on);
      else if (paragraph) light(paragraph.id, on);
    });
  }
}

// On a wide screen the page whose words are read stays beside them.
function keepBeside(leaves) {
  const column = document.createElement("div");
  column.className = "leaves";
  column.append(...leaves);
  const paper = document.querySelector(".paper");
  paper.prepend(column);
  paper.classList.add("follows");
  const marks = [...document.querySelectorAll(".meeting .page")];
  let now = null;
  const turn = () => {
    const line = innerHeight * 0.4;
    const read = marks.filter((mark) => mark.getBoundingClientRect().top < line).pop();
    const page = read ? read.id.slice("page".length) : leaves[0].dataset.page;
    if (page === now) return;
    now = page;
    for (const leaf of leaves) leaf.classList.toggle("now", leaf.dataset.page === page);
  };
  addEventListener("scroll", () => requestAnimationFrame(turn), { passive: true });
  turn();
}

// A file may be dropped where one is asked for.
function take() {
  const form = document.getElementById("drop");
  if (!form) return;
  const box = form.querySelector("input[type=file]");
  for (const type of ["dragenter", "dragover"]) {
    form.addEventListener(type, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    box.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

// Light or dark, kept in the browser.
function themes() {
  const button = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  button.hidden = false;
  button.addEventListener("click", () => {
    const root = document.documentElement;
    const now = root.dataset.theme || (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch (error) {
      // Then it holds for this page.
    }
  });
}

// A password may be looked at, and how strong a new one is may be seen.
function strength(text) {
  // Length counts for most; what comes again and again counts for little.
  const different = new Set(text).size;
  const worth = Math.min(text.length, 2 * different);
  return [12, 16, 20, 24].filter((least) => worth >= least).length;
}

function passwords() {
  for (const box of document.querySelectorAll("input[type=password]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = document.body.dataset.show;
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-controls", box.id);
    button.addEventListener("click", () => {
      const shown = box.type === "text";
      box.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    });
    box.after(" ", button);
    box.form.addEventListener("submit", () => { box.type = "password"; });
  }
  const told = document.getElementById("strength");
  if (!told) return;
  told.hidden = false;
  const box = document.querySelector("[aria-describedby=strength]");
  box.addEventListener("input", () => {
    told.querySelector("meter").value = strength(box.value);
  });
}

// A picture that is still being drawn is asked for again.
document.addEventListener("error", (event) => {
  const picture = event.target.closest?.("figure.leaf image");
  const tries = Number(picture?.dataset.tries ?? 0);
  if (!picture || tries >= 20) return;
  picture.dataset.tries = tries + 1;
  const address = picture.getAttribute("href");
  setTimeout(() => {
    picture.removeAttribute("href");
    picture.setAttribute("href", address);
  }, 2000);
}, true);

// Menus close when one goes elsewhere.
document.addEventListener("focusin", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("htmx:afterSwap", () => {
  upgrade(document);
  // Whoever reads by keys goes on where the new part begins, not at the top of the page.
  const results = document.getElementById("results");
  if (results && document.activeElement === document.body) results.focus({ preventScroll: true });
});
upgrade(document);
follow();
pair();
take();
passwords();
themes();
offerKeys();
