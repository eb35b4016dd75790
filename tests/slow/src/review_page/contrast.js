// Visible texts with the colors of text and background, whose contrast is insufficient.
const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
const parsed = new Map();
function rgba(color) {
  if (!parsed.has(color)) {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    parsed.set(color, [...pixel.getImageData(0, 0, 1, 1).data]);
  }
  return parsed.get(color);
}
const over = ([r, g, b, a], below) => [r, g, b].map((c, i) => (c * a + below[i] * (255 - a)) / 255);
const papers = new Map();
function paper(element) {
  if (!element) return [255, 255, 255];
  if (!papers.has(element)) papers.set(element, over(rgba(getComputedStyle(element).backgroundColor), paper(element.parentElement)));
  return papers.get(element);
}
const light = (color) => color
  .map((c) => c / 255)
  .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const seen = new Map();
function look(element, color, text) {
  const below = paper(element);
  const [a, b] = [light(over(rgba(color), below)), light(below)];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const key = `${color} on ${below.map(Math.round)}`;
  if (!seen.has(key)) seen.set(key, { ratio, text: `${ratio.toFixed(2)}: ${key}, <${element.tagName} class="${element.className}"> ${text.slice(0, 60)}` });
}
for (const element of document.querySelectorAll("body, body *")) {
  if (!element.checkVisibility()) continue;
  const text = [...element.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("").trim();
  if (text && !element.closest("script, datalist")) look(element, getComputedStyle(element).color, text);
  if (element.placeholder) look(element, getComputedStyle(element, "::placeholder").color, element.placeholder);
}
const all = [...seen.values()];
return [all.length, all.filter((pair) => pair.ratio < 4.5).map((pair) => pair.text)];
