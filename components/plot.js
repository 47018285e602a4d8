const load = src => window.__plotly ??= new Promise((ok, no) => {
  const s = document.createElement("script");
  s.src = src; s.onload = () => ok(window.Plotly); s.onerror = no;
  document.head.append(s);
});
export default function ({ data, parentElement: root }) {
  const el = root.querySelector(".plot"), css = getComputedStyle(root);
  const st = n => css.getPropertyValue("--st-" + n), own = st("chart-categorical-colors").split(/, */);
  const { data: traces, layout } = JSON.parse(data.figure.replace(/#[0-9A-F]{6}/g, c => own[data.palette.indexOf(c)] || c));
  el.style.height = data.height + "px";
  el.ariaLabel = data.alt;
  const bg = st("background-color"), color = st("text-color"), grid = "#80808038";
  const axis = { gridcolor: grid, zerolinecolor: grid, linecolor: grid };
  layout.template = { layout: { font: { color, family: st("font"), size: 12 }, paper_bgcolor: bg, plot_bgcolor: bg, xaxis: axis, yaxis: axis, hoverlabel: { bgcolor: bg } } };
  if (matchMedia("(pointer:coarse)").matches) layout.dragmode = false;
  if (el.clientWidth < 480) {
    layout.annotations = layout.annotations?.filter(a => a.name != "end");
    layout.margin.r = 12;
  }
  load(data.plotly).then(P => el._dragging || P.react(el, traces, layout, { responsive: true, displaylogo: false,
    modeBarButtonsToRemove: ["sendChartToCloud", "select2d", "lasso2d"],
    modeBarButtonsToAdd: [{ name: "Download as SVG", icon: P.Icons.disk, click: g => P.downloadImage(g, { format: "svg" }) }] }));
  return () => window.Plotly?.purge(el);
}
