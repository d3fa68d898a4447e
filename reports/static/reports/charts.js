// Puts Plotly in the place of the drawing that came with the page; without scripts the drawing stays.
(() => {
  const CONFIG = { displayModeBar: false, responsive: true, showSendToCloud: false, plotlyServerURL: "" };
  const ROOM_FOR_THE_NEWEST = 24; // its label would reach over the edge, and Plotly leaves such out

  // A phone has room for every fourth period; the newest is always named.
  const thinned = ({ tickvals, ticktext }) => {
    const kept = (_entry, place) => (tickvals.length - 1 - place) % 4 === 0;
    return { tickvals: tickvals.filter(kept), ticktext: ticktext.filter(kept) };
  };

  const isCrowded = ({ ticktext }, narrow) => narrow && ticktext?.length > 6;

  const themed = (figure, paint, narrow) => {
    const { data, layout } = figure;
    const line = (trace, color) => ({ ...trace, line: { ...trace.line, color } });
    const points = (trace) => ({
      ...trace,
      error_y: { ...trace.error_y, color: paint("--ink") },
      ...(trace.error_x && { error_x: { ...trace.error_x, color: paint("--ink") } }),
      marker: { ...trace.marker, line: { ...trace.marker.line, color: paint("--ink") } },
    });
    const spots = (trace, color, edge) => ({
      ...trace,
      marker: { ...trace.marker, color, line: { ...trace.marker.line, color: edge } },
    });
    const painters = {
      line: (trace) => line(trace, paint("--quiet")),
      step: (trace) => line(trace, paint("--accent")),
      points,
      value: (trace) => line(trace, paint("--accent")),
      lower: (trace) => line(trace, paint("--accent")),
      centre: (trace) => line(trace, paint("--quiet")),
      limit: (trace) => line(trace, paint("--quiet")),
      spots: (trace) => spots(trace, paint("--accent"), paint("--accent")),
      open: (trace) => spots(trace, paint("--accent"), paint("--accent")),
      signal: (trace) => spots(trace, "#b3432b", paint("--ink")),
      overlay: (trace) => ({
        ...line(trace, paint("--accent")),
        error_y: { ...trace.error_y, color: paint("--accent") },
        marker: { ...trace.marker, color: paint("--accent"), line: { ...trace.marker.line, color: paint("--accent") } },
      }),
    };
    const axis = (given) => ({ ...given, gridcolor: paint("--line"), zerolinecolor: paint("--line") });
    return {
      data: data.map((trace) => painters[trace.meta](trace)),
      layout: {
        ...layout,
        xaxis: {
          ...axis(layout.xaxis),
          ticktext: layout.xaxis.ticktext?.map((text) => (narrow ? text.replace("n = ", "") : text)),
          ...(isCrowded(layout.xaxis, narrow) && thinned(layout.xaxis)),
        },
        margin: { ...layout.margin, ...(isCrowded(layout.xaxis, narrow) && { r: ROOM_FOR_THE_NEWEST }) },
        yaxis: axis(layout.yaxis),
        shapes: (layout.shapes ?? []).map((shape) => ({
          ...shape, line: { ...shape.line, color: paint("--quiet") },
        })),
        annotations: layout.annotations.map((label) => ({
          ...label,
          ...(label.name === "value"
            ? { bgcolor: paint("--paper"), borderpad: 1, font: { size: narrow ? 13 : 15, weight: 700 } }
            : { font: { size: 13, color: paint("--quiet") } }),
        })),
        font: { family: getComputedStyle(document.body).fontFamily, size: narrow ? 12 : 14, color: paint("--ink") },
        hoverlabel: { font: { size: 14 }, bgcolor: paint("--paper"), bordercolor: paint("--ink") },
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
      },
    };
  };

  const draw = async (box) => {
    const style = getComputedStyle(document.documentElement);
    const paint = (name) => style.getPropertyValue(name).trim();
    const figure = themed(
      JSON.parse(document.getElementById(box.dataset.chart).textContent), paint, box.clientWidth < 480,
    );
    const live = box.querySelector("[data-chart-live]");
    const still = box.querySelector("[data-chart-still]");
    live.hidden = false;
    await Plotly.react(live, figure.data, figure.layout, CONFIG);
    still.hidden = true;
  };

  const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
  drawAll();
  document.addEventListener("themechange", drawAll);
  document.addEventListener("htmx:afterSettle", drawAll);
})();
