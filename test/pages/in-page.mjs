// What is asked inside the page. Each function is sent to the browser as text, so it stands for itself.

/** Texts whose contrast with what is behind them is below WCAG's AA: 4.5, for large ones 3. */
export function faintTexts() {
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const parse = (color) => {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => channel(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, a } = parse(getComputedStyle(at).backgroundColor);
      if (a === 1) return rgb;
      if (a > 0) throw new Error('a half transparent background');
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('.hidden, style')) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const size = Number.parseFloat(fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
    const [light, dark] = [luminance(parse(color).rgb), luminance(behind(element))].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < (isLarge ? 3 : 4.5))
      faint.push(`${contrast.toFixed(2)} ${element.className} "${node.data.trim().slice(0, 30)}"`);
  }
  return [...new Set(faint)];
}

/** What a screen reader would stumble over. */
export function barriers() {
  const found = [];
  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1]));
  if (levels[0] !== 1 || levels.filter((level) => level === 1).length !== 1) found.push('not exactly one h1, at the start');
  for (const [index, level] of levels.entries())
    if (level > (levels[index - 1] ?? 0) + 1) found.push(`heading ${index} skips a level`);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`the id ${id} is there twice`);
  for (const element of document.querySelectorAll('[aria-labelledby]'))
    if (!document.getElementById(element.getAttribute('aria-labelledby'))) found.push('a label that is not there');
  for (const link of document.querySelectorAll('a'))
    if (!document.querySelector(link.getAttribute('href'))) found.push(`a link to nowhere: ${link.textContent}`);
  for (const table of document.querySelectorAll('table')) {
    if (!table.caption?.textContent.trim()) found.push('a table without a caption');
    for (const cell of table.querySelectorAll('th'))
      if (!cell.scope || !cell.textContent.trim()) found.push('a header without scope or text');
  }
  for (const picture of document.querySelectorAll('svg'))
    if (picture.getAttribute('aria-hidden') !== 'true' && !picture.querySelector('title')) found.push('a picture without a name');
  for (const landmark of ['header', 'nav', 'main'])
    if (document.querySelectorAll(`body > ${landmark}`).length !== 1) found.push(`not one ${landmark}`);
  if (document.documentElement.lang !== 'en' || !document.title) found.push('no language or no title');
  return [...new Set(found)];
}

/** Whatever is wider than the window; what scrolls in a box of its own is not. */
export function overflowing() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide in a window of ${clientWidth}`] : [];
}

/** Everything that can be reached with the keyboard; of a group of radio buttons one. */
export function reachable() {
  const all = [...document.querySelectorAll('a[href], summary, input, [tabindex="0"]')];
  return all.filter((element) => element.type !== 'radio' || element.checked).length;
}

/** The element in focus: which one it is, and whether that can be seen. */
export function focused() {
  const element = document.activeElement;
  if (element === document.body) return undefined;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, width, height } = element.getBoundingClientRect();
  return {
    index: [...document.querySelectorAll('*')].indexOf(element),
    isVisible: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && width > 0 && height > 0 && top > -height,
  };
}
