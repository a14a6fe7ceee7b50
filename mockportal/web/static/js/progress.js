// « Traitement en cours » : asks how far the treatment is, and shows the result when it is over.

const place = document.querySelector("[data-progress]");
const bar = place.querySelector("progress");
const said = place.querySelector("[data-said]");
const WORKING = 600;
const WAITING = 3000;
let quarter = 0;

function show(progress) {
  if (!progress.waiting && progress.total) {
    bar.max = progress.total;
    bar.value = progress.done;
  }
  for (const one of place.querySelectorAll("[data-count]")) {
    one.textContent = (progress[one.dataset.count] ?? 0).toLocaleString("fr");
  }
  const reached = progress.total ? Math.floor((4 * progress.done) / progress.total) : 0;
  if (reached > quarter) said.textContent = `${25 * reached}\u00a0${said.dataset.words}`;
  quarter = reached;
}

async function look() {
  let pause = WAITING;
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 404) return location.reload(); // logged out, or gone
    if (answer.ok) {
      const progress = await answer.json();
      if (progress.over) return location.reload();
      show(progress);
      pause = progress.waiting ? WAITING : WORKING;
    }
  } catch {
    // The portal does not answer just now: the next look may find it back.
  }
  setTimeout(look, pause);
}

setTimeout(look, WORKING);
