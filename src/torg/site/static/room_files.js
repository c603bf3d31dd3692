// Files dropped on the form are put into its field; what is too large is said before it is sent.
"use strict";
const form = document.querySelector("form.drop");
if (form) {
  const field = form.querySelector("input[type=file]");
  const said = form.querySelector(".drop-said");
  const most = Number(form.dataset.most);
  const isTooLarge = () => Array.from(field.files).reduce((sum, file) => sum + file.size, 0) > most;
  const look = () => {
    said.textContent = isTooLarge()
      ? form.dataset.tooLarge
      : Array.from(field.files, (file) => file.name).join(", ");
  };
  form.querySelector(".drop-hint").hidden = false;
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("is-over");
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    field.files = event.dataTransfer.files;
    look();
  });
  field.addEventListener("change", look);
  form.addEventListener("submit", (event) => {
    if (isTooLarge()) {
      event.preventDefault();
      field.focus();
    } else if (field.files.length) {
      said.textContent = form.dataset.sending;
    }
  });
}
