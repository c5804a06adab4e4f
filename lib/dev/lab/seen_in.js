/** What a cell of JupyterLab shows, once it is scrolled to; it runs in the page. */
export function seenIn(cell) {
  cell.scrollIntoView();
  for (const output of cell.querySelectorAll(".jp-OutputArea-child")) output.scrollIntoView();
  const images = [...cell.querySelectorAll(".jp-RenderedHTMLCommon img, .jp-RenderedImage img")];
  const videos = [...cell.querySelectorAll("video")];
  const charts = [...cell.querySelectorAll(".js-plotly-plot")];
  const frames = [...cell.querySelectorAll("iframe")];
  const isThere = (image) =>
    image.closest("video") || image.complete && image.naturalWidth > 0 && image.clientWidth > 0;
  return {
    counts: { images: images.length, charts: charts.length, videos: videos.length, frames: frames.length },
    broken: [
      ...images.filter((image) => !isThere(image)).map(({ src }) => `the picture ${src.slice(0, 80)} is not there`),
      ...charts.filter((chart) => !chart.querySelector(".main-svg .trace")).map(() => "a chart is empty"),
      ...videos.filter(({ videoWidth }) => videoWidth === 0).map(() => "a video does not play"),
    ],
  };
}
