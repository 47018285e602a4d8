const load = src => window.__plotly ??= new Promise((ok, no) => document.head.append(
  Object.assign(document.createElement("script"), { src, onload: () => ok(Plotly), onerror: () => no(__plotly = null) })));
export default function ({ data, parentElement: root }) {
  const el = root.querySelector(".plot"), css = getComputedStyle(root);
  const st = n => css.getPropertyValue("--st-" + n), own = st("chart-categorical-colors").split(/, */);
  const { data: traces, layout } = JSON.parse(data.figure.replace(/#[0-9A-F]{6}/g, c => own[data.palette.indexOf(c)] || c));
  el.style.height = data.height + "px";
  el.ariaLabel = data.alt;
  const bg = st("background-color"), color = st("text-color"), g = "#80808038";
  const axis = { gridcolor: g, zerolinecolor: g, linecolor: g };
  layout.template = { layout: { font: { color, family: st("font") }, paper_bgcolor: bg, plot_bgcolor: bg, xaxis: axis, yaxis: axis, hoverlabel: { bgcolor: bg } } };
  if (matchMedia("(hover:none)").matches) layout.dragmode = false;
  if (el.clientWidth < 480) {
    layout.annotations = layout.annotations?.filter(a => a.name != "end");
    layout.margin.r = 12;
  }
  load(data.plotly).then(P => {
    el.config ??= (el.textContent = "", { responsive: true, displaylogo: false,
      modeBarButtonsToRemove: ["sendChartToCloud"],
      modeBarButtonsToAdd: [{ name: "SVG", icon: P.Icons.disk, click: e => P.downloadImage(e, { format: "svg" }) }] });
    P.react(el, traces, layout, el.config);
  }, () => el.textContent = "The chart did not load: reload the page.");
  return () => window.Plotly?.purge(el);
}
