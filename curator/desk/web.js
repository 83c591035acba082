// Keys go to the desk from the start, and again when its tab is come back to.
"use strict";
const giveKeys = () => document.querySelector(".xterm-helper-textarea")?.focus();
window.addEventListener("load", () => {
  new MutationObserver(giveKeys).observe(document.body, { attributeFilter: ["class"] });
  giveKeys();
});
window.addEventListener("focus", giveKeys);
