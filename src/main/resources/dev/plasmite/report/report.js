"use strict";
// All of it is comfort: without JavaScript everything can be read and selected.
for (const place of document.querySelectorAll(".copyable")) {
  const code = place.querySelector("code");
  if (!navigator.clipboard || !code) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "copied";
    } catch {
      button.textContent = "select and copy by hand";
    }
    setTimeout(() => { button.textContent = "copy"; }, 2000);
  });
  place.append(button);
}
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
