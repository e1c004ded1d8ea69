/** Light and dark: the reader's system decides, until the button does. */

function makeTheme(initial, onChange) {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  let chosen = initial;
  const apply = () => {
    const dark = chosen === "dark" || (chosen === "auto" && system.matches);
    root.dataset.theme = dark ? "dark" : "light";
    onChange();
  };
  byId("theme").addEventListener("click", () => {
    chosen = root.dataset.theme === "dark" ? "light" : "dark";
    apply();
  });
  system.addEventListener("change", apply);
  apply();
}
