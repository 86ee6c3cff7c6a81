// Runs in a copy of the page, in a frame: tells the frame's page, as JSON, what a reader with this
// window would stumble over.
addEventListener("load", () => {
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const name = (element) => `${element.tagName} ${element.id || element.textContent.trim().slice(0, 40)}`;
  const look = (state) => {
    const width = document.documentElement.scrollWidth;
    if (width > innerWidth) wrong.push(`${state}: the page is ${width} px wide in a window of ${innerWidth}`);
    for (const text of all("svg[role=img] text")) {
      const { left, right } = text.getBoundingClientRect();
      if (right > innerWidth + 0.5 || left < -0.5) wrong.push(`${state}: out of sight: ${name(text)}`);
    }
    for (const element of all("h1, h2, h3, h4, p, dt, dd, li, figcaption, summary")) {
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) {
        wrong.push(`${state}: overflows: ${name(element)}`);
      }
    }
  };
  look("as it opens");
  for (const details of all("details")) details.open = true;
  look("with all tables open");

  if (all("h1").length !== 1) wrong.push(`h1: ${all("h1").length}`);
  if (document.documentElement.lang !== "ru") wrong.push("lang");
  for (const table of all("table")) {
    if (!table.caption || !table.caption.textContent.trim()) wrong.push(`no caption: ${name(table)}`);
    if (!table.closest(".scroll[tabindex='0'][role=region]")) wrong.push(`no container: ${name(table)}`);
    const columns = [...table.tHead.rows[0].cells].length;
    for (const row of table.tBodies[0].rows) {
      const cells = [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
      if (cells !== columns) wrong.push(`${cells} cells under ${columns} heads: ${name(table)}`);
    }
  }
  for (const th of all("th:not([scope])")) wrong.push(`no scope: ${name(th)}`);
  for (const picture of all("svg[role=img]")) {
    if (!picture.querySelector(":scope > title") || !picture.querySelector(":scope > desc")) wrong.push(`no name: ${name(picture)}`);
    if (!picture.closest("figure")?.querySelector("table")) wrong.push(`no data beside: ${name(picture)}`);
  }
  for (const link of all("a[href^='#']")) {
    if (!document.querySelector(link.getAttribute("href"))) wrong.push(`leads nowhere: ${name(link)}`);
  }
  const told = { width: innerWidth, tables: all("table").length, charts: all("svg[role=img]").length, wrong };
  parent.postMessage(JSON.stringify(told), "*");
});
