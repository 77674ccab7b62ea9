// Copy buttons, which stay hidden where there is no clipboard, and the choice of a sample's language, kept for every page.
const said = document.createElement("p");
said.className = "said";
said.setAttribute("role", "status");
document.body.append(said);

for (const button of document.querySelectorAll("button.copy")) {
  if (!navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.closest("figure").querySelector("code").textContent);
    button.textContent = button.dataset.copied;
    said.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = label;
      said.textContent = "";
    }, 1500);
  });
}

const kept = "okno.docs.language";
const radios = document.querySelectorAll(".samples input");

function choose(language) {
  for (const radio of radios) if (radio.value === language) radio.checked = true;
}

for (const radio of radios)
  radio.addEventListener("change", () => {
    // What was read stays under the eye: the blocks above may be longer in another language.
    const before = radio.labels[0].getBoundingClientRect().top;
    choose(radio.value);
    scrollBy({ top: radio.labels[0].getBoundingClientRect().top - before, behavior: "instant" });
    try {
      localStorage.setItem(kept, radio.value);
    } catch {
      // Where nothing may be kept, the choice holds for this page.
    }
  });

try {
  choose(localStorage.getItem(kept));
} catch {
  // As above.
}
