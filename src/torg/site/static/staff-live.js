// Looks at the page again now and then, and puts what is new in place of what was there.
// Without it the page is looked at again by its link.
"use strict";
(() => {
  const live = document.getElementById("live");
  const note = document.getElementById("live-note");
  if (!live || !note || live.hasAttribute("data-over")) return;
  const seconds = Number(live.dataset.live);
  const words = () => (live.querySelector("[data-says]")?.textContent ?? "").trim();
  const button = document.createElement("button");
  let said = words();
  let isOn = true;
  button.type = "button";
  button.className = "quiet";
  button.textContent = live.dataset.stop;
  button.addEventListener("click", () => {
    isOn = !isOn;
    button.textContent = isOn ? live.dataset.stop : live.dataset.go;
  });
  note.after(button);

  const look = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (!fresh) return false;
    if (!live.contains(document.activeElement)) live.replaceChildren(...fresh.childNodes);
    if (words() !== said) {
      said = words();
      note.textContent = said;
    }
    return !fresh.hasAttribute("data-over");
  };

  const again = async () => {
    let goesOn = true;
    if (isOn && !document.hidden) goesOn = await look().catch(() => true);
    if (goesOn) setTimeout(again, seconds * 1000);
    else button.remove();
  };
  setTimeout(again, seconds * 1000);
})();
