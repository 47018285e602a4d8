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
      scene: { xaxis: axis, yaxis: axis, zaxis: axis },
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

  // A press and what follows it until release, as places in the axes' units; dots show the way.
  const brush = (el, send) => {
    el.style.touchAction = "none";
    el.style.position = "relative";
    el.style.cursor = "crosshair";
    let places, last;
    const add = event => {
      const box = el.getBoundingClientRect(), { xaxis, yaxis } = el._fullLayout;
      const [left, top] = [event.clientX - box.left, event.clientY - box.top];
      const [x, y] = [left - xaxis._offset, top - yaxis._offset];
      const inside = x >= 0 && y >= 0 && x <= xaxis._length && y <= yaxis._length;
      if (!inside || last && Math.hypot(x - last[0], y - last[1]) < 14 || places.length >= 200) return;
      last = [x, y];
      places.push([xaxis.p2d(x), yaxis.p2d(y)]);
      const dot = el.appendChild(document.createElement("i"));
      dot.className = "dot";
      dot.style.cssText = `position:absolute;left:${left - 3}px;top:${top - 3}px;width:6px;` +
        "height:6px;border-radius:3px;background:#808080;pointer-events:none";
    };
    el.onpointerdown = event => {
      if (event.button || event.target.closest(".modebar")) return;
      el.setPointerCapture(event.pointerId);  // or Plotly's own cover takes what follows
      places = [], last = null;
      add(event);
    };
    el.onpointermove = event => places && add(event);
    el.onpointerup = el.onpointercancel = () => {
      if (places?.length) send("stroke", places);
      places = null;
    };
  };

  // A press that is released where it began, as one place; all else is left to Plotly.
  const point = (el, send) => el.onpointerdown = down => {
    if (down.button || down.target.closest(".modebar")) return;
    // Plotly lays a cover over the page, so the release is not the chart's
    addEventListener("pointerup", up => {
      const box = el.getBoundingClientRect(), { xaxis, yaxis } = el._fullLayout;
      const x = up.clientX - box.left - xaxis._offset, y = up.clientY - box.top - yaxis._offset;
      const inside = x >= 0 && y >= 0 && x <= xaxis._length && y <= yaxis._length;
      const still = Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) < 6;
      if (inside && still && up.pointerId == down.pointerId)
        send("stroke", [[xaxis.p2d(x), yaxis.p2d(y)]]);
    }, { once: true });
  };

  return (el, root, { figure, palette, brush: brushed }, send) => {
    if (brushed) (brushed == "point" ? point : brush)(el, send);
    el.querySelectorAll(".dot").forEach(dot => dot.remove());
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
