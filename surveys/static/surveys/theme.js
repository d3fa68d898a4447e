// Light or dark: what the person chose on this machine, else what the machine prefers.
(() => {
  const root = document.documentElement;
  const wished = () => localStorage.getItem("theme") ||
    (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.bsTheme = wished();
  root.dataset.scripts = "on";
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    localStorage.setItem("theme", root.dataset.bsTheme === "dark" ? "light" : "dark");
    root.dataset.bsTheme = wished();
    document.dispatchEvent(new CustomEvent("themechange"));
  });
})();
