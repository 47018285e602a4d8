// Served once, behind plotly.js in the same file: draws the figures that plot.js is sent.
window.drawChart = (() => {
  // Charts take turns, and the browser paints between two of them.
  let turn = Promise.resolve();
  const pause = () => new Promise(go => setTimeout(go));

  const themed = (figure, palette, css) => {
    const st = name => css.getPropertyValue("--st-" + name);
    const own = st("chart-categorical-colors").split(/, */);
    const parsed = JSON.parse(figure.replace(/#[0-9A-F]{6}/g, c => own[palette.indexOf(c)] || c));
    const bg = st("background-color"), color = st("text-color"), grid = "#80808038";
    const axis = { gridcolor: grid, zerolinecolor: grid, linecolor: grid, ticklabeloverflow: "allow" };
    parsed.layout.template = { layout: {
      font: { color, family: st("font") }, paper_bgcolor: bg, plot_bgcolor: bg,
      xaxis: axis, yaxis: axis, hoverlabel: { bgcolor: bg },
    } };
    return parsed;
  };

  const fitted = (layout, width) => {
    if (matchMedia("(hover:none)").matches) layout.dragmode = false;
    if (width < 400) {
      layout.annotations = layout.annotations?.filter(a => a.name != "end");
      layout.margin.r = 12;
      if (layout.title?.font) Object.assign(layout.title, { xref: "container", font: { size: 12 } });
    }
    const legend = layout.meta, { l, r } = layout.margin ?? {};
    if (legend) {
      const across = Math.max(1, Math.floor((width - l - r) / legend.entry));
      layout.margin.b += legend.row * (Math.ceil(legend.entries / across) - legend.rows);
    }
    return layout;
  };

  // Made once for each chart: a new one makes Plotly start afresh.
  const config = () => ({
    responsive: true, displaylogo: false, modeBarButtonsToRemove: ["sendChartToCloud"],
    toImageButtonOptions: { format: "png", scale: 2 },
    modeBarButtonsToAdd: [{ name: "SVG", icon: Plotly.Icons.disk,
      click: chart => Plotly.downloadImage(chart, { format: "svg" }) }],
  });

  const draw = (el, root, figure, palette) => {
    // a newer figure has come meanwhile, or the chart is gone
    if (el.latest != figure || !el.isConnected) return;
    const { data, layout } = themed(figure, palette, getComputedStyle(root));
    if (!el.config) el.textContent = "";
    el.config ??= config();
    el.drawn = el.clientWidth;
    return Plotly.react(el, data, fitted(layout, el.clientWidth), el.config);
  };

  return (el, root, { figure, palette }) => {
    el.latest = figure;
    const again = () => draw(el, root, figure, palette);
    turn = turn.then(again).catch(console.error).then(pause);
    // not only the window changes: the sidebar does, and the number of charts side by side
    el.sizes?.disconnect();
    el.sizes = new ResizeObserver(() => {
      if (el.config && el.clientWidth && el.clientWidth != el.drawn)
        Plotly.Plots.resize(el)?.then(again).catch(console.error);
    });
    el.sizes.observe(el);
  };
})();
