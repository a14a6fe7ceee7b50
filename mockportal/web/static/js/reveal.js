// Shows or hides a password: the eye beside it appears only where this script runs.

for (const eye of document.querySelectorAll("button[data-reveals]")) {
  const field = document.getElementById(eye.dataset.reveals);
  eye.hidden = false;
  eye.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    eye.setAttribute("aria-pressed", String(!shown));
  });
}
