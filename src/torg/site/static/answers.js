// Keep each answer as it is given. Without this script the page does the same when it is left.
// What cannot be kept now stays in the page and in this window, and is sent when it can be.
"use strict";

(() => {
  document.querySelector("[data-focus]")?.focus();
  const form = document.getElementById("answering");
  if (!form) return;

  const status = document.getElementById("status");
  const PREFIX = "torg unsaved ";
  const RETRY = 5000; // milliseconds
  const PAUSE = 1500; // after the last key, before what is typed is kept
  let wanted = 0; // how often something changed
  let kept = 0; // up to which change it is kept
  let under_way = null;
  let typing;

  const say = (state, text) => {
    status.dataset.state = state;
    if (status.textContent !== text) status.textContent = text;
  };

  const body = (go) => {
    const sent = new URLSearchParams(new FormData(form));
    sent.delete("go");
    if (go) sent.set("go", go);
    return sent;
  };

  const post = (address, sent) =>
    fetch(address, {
      method: "POST",
      body: sent,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "error",
      keepalive: String(sent).length < 60000,
    });

  // Gives the server's answer, or null where it cannot be had now.
  const send = async (go) => {
    const mark = wanted;
    const sent = body(go);
    const key = PREFIX + form.action;
    sessionStorage.setItem(key, String(sent));
    say("saving", form.dataset.saving);
    let answer;
    try {
      answer = await post(form.action, sent);
    } catch {
      say("lost", form.dataset.lost);
      return null;
    }
    if (answer.ok) {
      const said = await answer.json();
      kept = Math.max(kept, mark);
      if (kept === wanted) sessionStorage.removeItem(key);
      say("saved", form.dataset.saved.replace("{at}", said.saved));
      return said;
    }
    if (answer.status === 422) {
      const { wrong } = await answer.json();
      kept = Math.max(kept, mark); // nothing to try again before it is mended
      sessionStorage.removeItem(key);
      say("wrong", `${form.dataset.wrong} ${Object.values(wrong).join(" ")}`);
      return { wrong };
    }
    say("lost", answer.status >= 500 || answer.status === 429 ? form.dataset.lost : form.dataset.refused);
    return null;
  };

  // One at a time, so that the newest is the last to come.
  const keep = async () => {
    if (under_way) return;
    while (kept < wanted) {
      under_way = send("");
      const said = await under_way;
      under_way = null;
      if (!said) return;
    }
  };

  const changed = () => {
    clearTimeout(typing);
    wanted += 1;
    keep();
  };

  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.checked && box.type === "checkbox") {
      const others = form.querySelectorAll("input[type=checkbox]");
      const alone = box.dataset.alone !== undefined;
      for (const other of others)
        if (other !== box && (alone || other.dataset.alone !== undefined)) other.checked = false;
      if (alone) for (const field of form.querySelectorAll("input.brief")) field.value = "";
    }
    changed();
  });

  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea, input[type=text]")) return;
    if (event.target.matches(".brief") && event.target.value)
      for (const box of form.querySelectorAll("[data-alone]")) box.checked = false;
    clearTimeout(typing);
    // A number that is only half typed is no fault; it is kept when the field is left.
    if (event.target.matches("textarea")) typing = setTimeout(changed, PAUSE);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const go = event.submitter?.value ?? "next";
    clearTimeout(typing);
    if (form.dataset.leaving) return;
    form.dataset.leaving = "yes";
    await under_way;
    wanted += 1;
    under_way = send(go);
    const said = await under_way;
    under_way = null;
    delete form.dataset.leaving;
    if (said?.to) {
      location.assign(said.to);
    } else if (said?.wrong) {
      const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: go });
      form.append(pressed);
      HTMLFormElement.prototype.submit.call(form); // the page comes back with the fault at its field
    }
  });

  addEventListener("online", keep);
  setInterval(keep, RETRY);

  // What another page of this window could not send before it was left.
  const left_behind = async () => {
    const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
    for (const key of keys) {
      const sent = new URLSearchParams(sessionStorage.getItem(key));
      sent.delete("go");
      sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      try {
        const answer = await post(key.slice(PREFIX.length), sent);
        if (answer.ok || answer.status === 422 || answer.status === 404) sessionStorage.removeItem(key);
        if (answer.ok && key.slice(PREFIX.length) === form.action && wanted === 0) location.reload();
      } catch {
        return;
      }
    }
  };
  left_behind();
})();
