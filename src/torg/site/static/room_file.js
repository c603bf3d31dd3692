// While a file is read, what is known of it is fetched again, until the reading is over.
"use strict";
const PAUSE = 1500; // milliseconds
const look = async () => {
  const told = document.getElementById("told");
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("told");
    if (now && now.dataset.reads === "yes") {
      told.querySelectorAll("progress").forEach((bar) => bar.parentElement.remove());
      const bar = now.querySelector("progress");
      if (bar) told.querySelector(".told").after(bar.parentElement);
    } else if (now) {
      const words = now.querySelector(".told").textContent;
      const main = document.getElementById("content");
      told.querySelector(".told").textContent = words; // said aloud before the rest is there
      setTimeout(() => main.replaceChildren(...page.getElementById("content").childNodes), 400);
      return;
    }
  } catch {
    // The line is cut: asked again after the pause.
  }
  setTimeout(look, PAUSE);
};
setTimeout(look, PAUSE);
