// To be loaded before xterm.js, which writes styles in two ways that this server's policy refuses: by style elements of its
// own, and by the attribute. On this page both take the way that the policy lets: the interface of style sheets.
const create = document.createElement.bind(document);
document.createElement = (name, options) => (String(name).toLowerCase() === 'style' ? sheetElement() : create(name, options));

function sheetElement() {
  const element = create('fl-style');
  const sheet = new CSSStyleSheet();
  element.hidden = true;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  Object.defineProperty(element, 'textContent', { set: (text) => sheet.replaceSync(text) });
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    Element.prototype.remove.call(element);
  };
  return element;
}

const set = Element.prototype.setAttribute;
Element.prototype.setAttribute = function setAttribute(name, value) {
  if (name === 'style') this.style.cssText = value;
  else set.call(this, name, value);
};
