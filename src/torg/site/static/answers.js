// Keep each answer as it is given. Without this script the page does the same when it is left.
// What cannot be kept now stays in the page and in this window, and is sent when it can be.
"use strict";

(() => {
  document.querySelector("[data-focus]")?.focus();

  const PREFIX = "torg unsaved ";
  const RETRY = 5000; // milliseconds
  const PAUSE = 1500; // after the last key, before what is typed is kept
  const LONGEST = 20000; // that an answer is waited for: a line may be dead without breaking

  const form = document.getElementById("answering");

  const post = (address, sent) =>
    fetch(address, {
      method: "POST",
      body: sent,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "error",
      keepalive: String(sent).length < 60000,
      signal: AbortSignal.timeout?.(LONGEST),
    });

  const held = {
    put(address, sent) {
      try {
        sessionStorage.setItem(PREFIX + address, String(sent));
      } catch {
        // a window without room for it: the page alone holds what was typed
      }
    },
    take: (address) => sessionStorage.removeItem(PREFIX + address),
    addresses: () =>
      Object.keys(sessionStorage)
        .filter((key) => key.startsWith(PREFIX))
        .map((key) => key.slice(PREFIX.length)),
    of: (address) => new URLSearchParams(sessionStorage.getItem(PREFIX + address)),
  };

  // What a page of this window could not send before it was left. Gives the addresses that it went to.
  const send_what_was_left = async () => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const went = [];
    for (const address of token ? held.addresses() : []) {
      const sent = held.of(address);
      sent.delete("go");
      sent.set("csrfmiddlewaretoken", token);
      try {
        const answer = await post(address, sent);
        if (answer.ok || answer.status === 422) held.take(address);
        if (answer.ok) went.push(address);
      } catch {
        break;
      }
    }
    return went;
  };

  if (!form) {
    // The last look shows all answers, so also those that come only now.
    send_what_was_left().then((went) => went.length && location.reload());
    return;
  }

  const here = form.getAttribute("action"); // form.action is the field of a question called "action"
  const status = document.getElementById("status");
  let wanted = 0; // how often something changed
  let kept = 0; // up to which change it is kept
  let touched = false; // something is typed that no change tells of yet
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

  // What the server said; null: not kept, and it may be tried again.
  const heard = async (answer, mark) => {
    if (!answer.ok && answer.status !== 422) {
      say("lost", answer.status >= 500 || answer.status === 429 ? form.dataset.lost : form.dataset.refused);
      return null;
    }
    const said = await answer.json();
    kept = Math.max(kept, mark); // of what is wrong there is nothing to try again before it is mended
    if (kept === wanted) held.take(here);
    if (said.wrong) say("wrong", `${form.dataset.wrong} ${Object.values(said.wrong).join(" ")}`);
    else say("saved", form.dataset.saved.replace("{at}", said.saved));
    return said;
  };

  const send = async (go) => {
    const mark = wanted;
    const sent = body(go);
    touched = false;
    held.put(here, sent);
    if (go || status.dataset.state !== "lost") say("saving", form.dataset.saving); // not at each try
    try {
      return await heard(await post(here, sent), mark);
    } catch {
      say("lost", form.dataset.lost); // no connection, none in time, or half an answer
      return null;
    }
  };

  const sending = (go) => {
    under_way = send(go).finally(() => (under_way = null));
    return under_way;
  };

  // One at a time, so that the newest is the last to come.
  const keep = async () => {
    while (!under_way && kept < wanted) if (!(await sending(""))) return;
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
    touched = true;
    // A number that is only half typed is no fault; it is kept when the field is left.
    if (event.target.matches("textarea")) typing = setTimeout(changed, PAUSE);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const go = event.submitter?.value ?? "next";
    if (form.dataset.leaving) return;
    form.dataset.leaving = "yes";
    while (under_way) await under_way;
    let said;
    do {
      clearTimeout(typing);
      wanted += 1;
      said = await sending(go);
    } while (said?.to && (touched || kept < wanted)); // what came while it was on its way
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
  // Who looks elsewhere on a phone may never come back to this page.
  document.addEventListener("visibilitychange", () => document.hidden && (touched ? changed() : keep()));

  // The same question in any language: /nb/answer/7/question/why/ and /fi/answer/7/question/why/.
  const question = (address) => address.slice(address.indexOf("/answer/"));
  send_what_was_left().then((went) => {
    const is_here = went.some((address) => question(address) === question(here));
    if (is_here && wanted === 0 && !touched) location.reload();
  });
})();
