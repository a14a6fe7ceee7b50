// Sends what a form of /api/v1/docs or /_mock/docs says, to this very portal, and shows the answer.
"use strict";

const value = (id) => document.getElementById(id)?.value ?? "";

function credentials() {
  if (value("key")) return { "X-Mockportal-Key": value("key") };
  if (!value("account")) return {};
  const said = new TextEncoder().encode(`${value("account")}:${value("password")}`);
  return { Authorization: `Basic ${btoa(String.fromCharCode(...said))}` };
}

function address(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const field of form.querySelectorAll("[data-place]")) {
    if (field.dataset.place === "path") {
      path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    } else if (field.dataset.place === "query" && field.value) {
      query.set(field.name, field.value);
    }
  }
  return query.size ? `${path}?${query}` : path;
}

function request(form) {
  const headers = credentials();
  const json = form.querySelector('[data-place="body"]');
  const file = form.querySelector('[data-place="file"]');
  let body;
  if (json) {
    headers["Content-Type"] = "application/json";
    body = json.value;
  } else if (file) {
    body = new FormData();
    if (file.files[0]) body.set("file", file.files[0]);
  }
  return { method: form.dataset.method, headers, body, credentials: "omit" };
}

function readable(text, type) {
  try {
    return type.includes("json") ? JSON.stringify(JSON.parse(text), null, 2) : text;
  } catch {
    return text;
  }
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const shown = form.querySelector(".answer");
  if (!shown) return;
  shown.hidden = false;
  shown.textContent = "…";
  try {
    const answer = await fetch(address(form), request(form));
    const text = readable(await answer.text(), answer.headers.get("Content-Type") ?? "");
    shown.textContent = `${answer.status} ${answer.statusText}\n\n${text}`;
  } catch (fault) {
    shown.textContent = `No answer: ${fault.message}`;
  }
}

for (const form of document.querySelectorAll("form.try")) form.addEventListener("submit", send);
