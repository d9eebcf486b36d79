// Makes the pages smoother where there is JavaScript. Without it, everything works by pages and forms.

const ready = (start) =>
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();

const csrf = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

// What others did shows within a second: parts marked data-live are asked for again,
// but never while the person is typing in them.
function followNews() {
  const address = document.body.dataset.news;
  if (!address || !document.querySelector("[data-live]")) return;
  const status = document.querySelector(".k-news");
  const source = new EventSource(address);
  source.addEventListener("stand", (event) => refresh(Number(event.data), status));
  source.addEventListener("error", () => { status.textContent = status.dataset.awayText; });
  source.addEventListener("open", () => { status.textContent = ""; });
  window.addEventListener("pagehide", () => source.close());
}

async function refresh(position, status) {
  const shown = Number(document.querySelector("[data-position]")?.dataset.position ?? 0);
  if (position <= shown || busy()) return;
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "kreislauf" } });
  if (!answer.ok || answer.redirected || busy()) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  let changed = false;
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh || comparable(fresh) === comparable(part) || isFilledIn(part)) continue;
    const opened = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
    part.replaceChildren(...fresh.childNodes);
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    changed = true;
  }
  const foot = document.querySelector("[data-position]");
  const freshFoot = page.querySelector("[data-position]");
  if (foot && freshFoot) {
    foot.textContent = freshFoot.textContent;
    foot.dataset.position = freshFoot.dataset.position;
  }
  if (changed) {
    status.textContent = "";
    status.textContent = status.dataset.newsText;
  }
}

// Each rendering of a form has a key and a proof of its own, and what the person opened is no news.
const comparable = (part) =>
  part.innerHTML.replace(/(name="(csrf|key)" value=)"[^"]*"/g, "$1").replaceAll(' open=""', "");

// Something was typed or chosen that was not sent yet.
const isFilledIn = (part) =>
  [...part.querySelectorAll("input, textarea, select")].some((field) =>
    field.matches("select")
      ? field.selectedIndex > 0 && !field.options[field.selectedIndex].defaultSelected
      : field.matches("[type=checkbox], [type=radio]")
        ? field.checked !== field.defaultChecked
        : field.value !== field.defaultValue,
  );

function busy() {
  const active = document.activeElement;
  const inside = active?.closest("[data-live]");
  return Boolean(inside && active.matches("input, textarea, select, button, summary, a"));
}

// What is typed survives a crash, a lost connection and a mistaken click: kept in this tab only,
// and gone once it was sent.
function keepDrafts() {
  for (const field of document.querySelectorAll("textarea[data-draft]")) {
    const name = `draft ${location.pathname} ${field.name}`;
    const kept = sessionStorage.getItem(name);
    if (kept !== null && kept !== field.value && !document.querySelector(".kern-alert--danger")) {
      field.value = kept;
    }
    field.addEventListener("input", () => sessionStorage.setItem(name, field.value));
    field.form?.addEventListener("submit", () => sessionStorage.removeItem(name));
  }
}

// A file may be dropped on its field, and the field says so.
function takeDrops() {
  for (const field of document.querySelectorAll("input[type=file][data-drop]")) {
    const box = field.closest(".kern-form-input");
    for (const kind of ["dragover", "dragleave", "drop"]) {
      box.addEventListener(kind, (event) => {
        event.preventDefault();
        box.classList.toggle("k-drop", kind === "dragover");
        if (kind === "drop") field.files = event.dataTransfer.files;
      });
    }
  }
}

// A slow form says that it is at work, and is not sent twice.
function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    }
  });
}

// Leads to what is wrong with a form.
function showTrouble() {
  const alert = document.querySelector("main .kern-alert--danger");
  if (alert) {
    alert.tabIndex = -1;
    alert.focus();
  }
}

// Printing needs the browser: the button is there only where it works.
function offerPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

// A slider says which step it stands at, and goes there when it is let go with mouse or finger;
// by keyboard, one chooses in peace and then presses the button.
function slideThroughTime() {
  for (const slider of document.querySelectorAll("input[type=range][data-step]")) {
    const text = slider.form.querySelector("[data-step-text]");
    slider.addEventListener("input", () => { text.textContent = `${slider.dataset.step} ${slider.value}`; });
    slider.addEventListener("pointerup", () => {
      if (slider.value !== slider.defaultValue) slider.form.requestSubmit();
    });
  }
}

// Where many forms came from one connection, the browser searches for a number before it sends:
// SHA-256 of the stamp, a colon and the number begins with so many zero bits.
async function workBeforeSending() {
  const form = document.querySelector("form[data-work]");
  if (!form || !crypto.subtle) return;
  const button = form.querySelector("button[name=senden]");
  const bits = Number(form.dataset.work);
  const stamp = form.elements.started.value;
  button.disabled = true;
  for (let attempt = 0; ; attempt += 1) {
    const text = new TextEncoder().encode(`${stamp}:${attempt}`);
    const digest = new DataView(await crypto.subtle.digest("SHA-256", text));
    if (Math.clz32(digest.getUint32(0)) >= bits) {
      form.elements.proof.value = String(attempt);
      break;
    }
  }
  button.disabled = false;
  const said = document.querySelector("[data-work-text]");
  said.textContent = said.dataset.workText;
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = csrf();
});

ready(() => {
  followNews();
  keepDrafts();
  takeDrops();
  sendOnce();
  showTrouble();
  offerPrinting();
  slideThroughTime();
  workBeforeSending();
});
