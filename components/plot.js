const load = src => window.__draw ??= new Promise((ok, no) => document.head.append(
  Object.assign(document.createElement("script"), { src, onload: () => ok(drawChart), onerror: () => no(__draw = null) })));
export default function ({ data, parentElement: root, setTriggerValue: send }) {
  const el = root.querySelector(".plot");
  el.style.height = data.height + "px";
  el.ariaLabel = data.alt;
  load(data.script).then(draw => draw(el, root, data, send), () => el.textContent = "The chart did not load: reload the page.");
  return () => window.Plotly?.purge(el);
}
