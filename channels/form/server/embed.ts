// Two small scripts for sites that show the form in a page of their own. Styles are set through the object model, which every
// content security policy of a host allows.

/** In the site's page: an iframe after the script's own tag, as tall as the form inside. */
export const embedScript = `(function () {
  var script = document.currentScript;
  if (!script || script.oknoForm) return;
  script.oknoForm = true;
  var base = new URL(".", script.src).href.replace(/\\/$/, "");
  var lang = script.getAttribute("data-lang");
  var frame = document.createElement("iframe");
  frame.src = base + "?embed=1" + (lang === "ru" || lang === "en" ? "&lang=" + lang : "");
  frame.title = script.getAttribute("data-title") || document.title;
  frame.style.cssText = "display:block;width:100%;height:720px;border:0;color-scheme:light dark";
  addEventListener("message", function (event) {
    if (event.source !== frame.contentWindow || event.origin !== new URL(base).origin) return;
    var height = event.data && Number(event.data.oknoFormHeight);
    if (height > 0) frame.style.height = Math.min(height, 10000) + "px";
    if (event.data && event.data.oknoFormMoved && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  });
  if (document.body && document.body.contains(script)) script.after(frame);
  else (document.body || document.documentElement).append(frame);
})();
`;

/** In the frame: says how tall it is, and when another page has come. */
export const heightScript = `(function () {
  if (parent === window) return;
  var tell = function () {
    parent.postMessage({ oknoFormHeight: Math.ceil(document.querySelector("main").getBoundingClientRect().height) + 8 }, "*");
  };
  new ResizeObserver(tell).observe(document.querySelector("main"));
  parent.postMessage({ oknoFormMoved: true }, "*");
})();
`;
