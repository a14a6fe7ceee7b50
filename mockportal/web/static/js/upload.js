// The form that takes a file: dropped or chosen, checked before it leaves, sent with its progress.
// Rules and sentences come from the page; without this script the form works all the same.

const form = document.querySelector("form[data-upload]");
const part = (name) => form.querySelector(`[data-${name}]`);
const field = form.querySelector("input[type=file]");
const error = document.getElementById("erreur-fichier");
const drop = part("drop");
const chosen = part("chosen");
const help = field.getAttribute("aria-describedby").replace("erreur-fichier ", "");
const rules = JSON.parse(form.dataset.rules).map((one) => ({
  pattern: new RegExp(one.pattern, "u"),
  sentence: one.sentence,
}));
let request = null;

// Returns why the chosen file would be refused, or "".
function refusal() {
  const file = field.files[0];
  const broken = rules.find((one) => one.pattern.test(file ? file.name : ""));
  if (broken) return broken.sentence;
  return file.size > Number(form.dataset.most) ? form.dataset.tooLarge : "";
}

function show(sentence) {
  error.querySelector("span").textContent = sentence;
  error.hidden = !sentence;
  drop.classList.toggle("drop-chosen", !sentence && field.files.length === 1);
  field.setAttribute("aria-describedby", sentence ? `erreur-fichier ${help}` : help);
  if (sentence) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function weight(bytes) {
  const [bare, kilo, mega] = form.dataset.units.split(" ");
  const [size, unit] =
    bytes >= 1e6 ? [bytes / 1e6, mega] : bytes >= 1e3 ? [bytes / 1e3, kilo] : [bytes, bare];
  return `${size.toLocaleString("fr", { maximumFractionDigits: 1 })}\u00a0${unit}`;
}

function present() {
  const file = field.files[0];
  chosen.hidden = !file;
  chosen.replaceChildren(); // the field shows the name too, as far as it has room
  if (file) {
    const name = document.createElement("span");
    name.className = "chosen-name";
    name.textContent = file.name;
    chosen.append(name, chosen.dataset.size + weight(file.size));
  }
  show(file ? refusal() : "");
}

function busy(sending) {
  part("sending").hidden = !sending;
  part("cancels").hidden = !sending;
  drop.hidden = sending;
  form.querySelector("button[type=submit]").disabled = sending;
}

function received() {
  part("percent").textContent = "";
  part("received").hidden = false;
  part("said").textContent = part("said").dataset.ends;
  part("sending").querySelector("progress").removeAttribute("value");
  part("cancels").hidden = true;
}

function fail(sentence) {
  busy(false);
  show(sentence);
  field.focus();
}

// The portal answers this script in JSON; any other answer is a page to go to, or a failure.
function answered() {
  const json = (request.getResponseHeader("Content-Type") || "").startsWith("application/json");
  const said = json ? JSON.parse(request.responseText) : {};
  if (said.address) location.assign(said.address);
  else if (said.refusal) fail(said.refusal);
  else if (request.status === 200) location.assign(request.responseURL);
  else fail(form.dataset.failed);
}

function send() {
  const bar = part("sending").querySelector("progress");
  request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = event.loaded / event.total;
    part("percent").textContent =
      `${Math.floor((100 * event.loaded) / event.total)}\u00a0% (${weight(event.loaded)} / ${weight(event.total)})`;
  });
  request.upload.addEventListener("load", received);
  request.addEventListener("load", answered);
  request.addEventListener("error", () => fail(form.dataset.failed));
  request.addEventListener("abort", () => fail(form.dataset.cancelled));
  part("received").hidden = true;
  bar.value = 0;
  busy(true);
  part("said").textContent = part("said").dataset.begins;
  request.send(new FormData(form));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const sentence = refusal();
  if (sentence) fail(sentence);
  else send();
});
part("cancels").addEventListener("click", () => request.abort());
field.addEventListener("change", present);

for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("drop-over");
  });
}
for (const name of ["dragleave", "drop"]) {
  drop.addEventListener(name, () => drop.classList.remove("drop-over"));
}
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length > 1) return show(form.dataset.several);
  field.files = event.dataTransfer.files;
  present();
});
part("invites").hidden = false;
if (field.files.length) present(); // a page that the browser brings back keeps its file
