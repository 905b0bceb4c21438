/* Tables that sort and filter, terms that compare. Without this script every table is whole and readable. */
(function () {
  "use strict";
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  function keyOf(row, column, kind) {
    const cell = row.cells[column];
    const key = cell.dataset.key === undefined ? cell.textContent.trim() : cell.dataset.key;
    return kind === "number" ? parseFloat(key.replace(/[^\d.-]/g, "")) || 0 : plain(key);
  }

  function sortable(table) {
    const body = table.tBodies[0];
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      const kind = head.dataset.infSort;
      if (!kind) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "inf-table__sort";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        // Figures are asked for largest first, ranks and words from the start.
        const first = kind === "number" && head !== heads[0] ? "descending" : "ascending";
        const other = first === "ascending" ? "descending" : "ascending";
        const order = head.getAttribute("aria-sort") === first ? other : first;
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const rows = Array.from(body.rows).map((row, place) => ({ row, place, key: keyOf(row, column, kind) }));
        rows.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.place - b.place));
        body.append(...rows.map((entry) => entry.row));
      });
    });
  }

  function filterable(form) {
    const table = document.querySelector(`[data-inf-table="${form.dataset.infFilters}"]`);
    const rows = Array.from(table.tBodies[0].rows);
    const fields = all("[data-inf-filter]", form);
    const count = form.querySelector("[data-inf-filter-count]");
    all("[data-inf-filter-item]", form).forEach((item) => {
      const choice = item.querySelector("select");
      item.hidden = Boolean(choice) && choice.options.length < 3;
    });
    const passes = (row) => fields.every((field) => {
      const wanted = field.value.trim();
      if (!wanted) return true;
      const has = row.dataset[field.dataset.infFilter] || "";
      if (field.dataset.infFilter === "find") return plain(has).includes(plain(wanted));
      return has === wanted || has.split(" ").includes(wanted);
    });
    const apply = () => {
      let shown = 0;
      rows.forEach((row) => { row.hidden = !passes(row); shown += row.hidden ? 0 : 1; });
      count.textContent = shown === rows.length ? "" : `${shown} of ${rows.length}`;
    };
    fields.forEach((field) => field.addEventListener("input", apply));
    apply();
  }

  const SVG = "http://www.w3.org/2000/svg";
  function element(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function draw(place, periods, chosen) {
    place.replaceChildren();
    place.hidden = chosen.length === 0;
    if (!chosen.length) return;
    const [wide, tall, left, right] = [720, 220, 34, 150];
    const top = Math.max(1, ...chosen.flatMap((term) => term.counts));
    const x = (at) => left + (at * (wide - left - right)) / Math.max(1, periods.length - 1);
    const y = (count) => 12 + (tall - 44) * (1 - count / top);
    const chart = element("svg", { class: "inf-compare__chart", viewBox: `0 0 ${wide} ${tall}`, role: "img",
      "aria-label": "Posts over time: " + chosen.map((term) => term.name).join(", ") });
    [0, top].forEach((count) => {
      chart.append(element("line", { class: "inf-compare__axis", x1: left, x2: wide - right, y1: y(count), y2: y(count) }));
      chart.append(element("text", { class: "inf-compare__tick", x: left - 6, y: y(count) + 4, "text-anchor": "end" }, count));
    });
    const every = Math.max(1, Math.ceil(periods.length / 7));
    periods.forEach((period, at) => {
      if (at % every === 0) chart.append(element("text", { class: "inf-compare__tick", x: x(at), y: tall - 8, "text-anchor": "middle" }, period));
    });
    const names = chosen.map((term, at) => ({ at, y: y(term.counts[term.counts.length - 1]) })).sort((a, b) => a.y - b.y);
    names.forEach((name, at) => { if (at && name.y - names[at - 1].y < 15) name.y = names[at - 1].y + 15; });
    const over = names[names.length - 1].y - (tall - 36);
    if (over > 0) names.forEach((name) => { name.y -= over; });
    const heights = new Map(names.map((name) => [name.at, name.y]));
    chosen.forEach((term, at) => {
      const group = element("g", { class: `inf-hue--${at}` });
      group.append(element("polyline", { class: `inf-compare__line inf-compare__line--${at}`,
        points: term.counts.map((count, place) => `${x(place)},${y(count)}`).join(" ") }));
      const label = term.name.length > 20 ? term.name.slice(0, 19) + "…" : term.name;
      group.append(element("text", { class: "inf-compare__name", x: wide - right + 8, y: heights.get(at) + 4 }, label));
      chart.append(group);
    });
    place.append(chart);
  }

  function comparable(place) {
    const data = JSON.parse(document.querySelector("[data-inf-compare-data]").textContent);
    const rows = all("[data-inf-term]");
    if (data.periods.length < 2 || !rows.length) return;
    const boxes = rows.map((row, at) => {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.className = "inf-compare__choose";
      box.checked = at < 3;
      box.setAttribute("aria-label", "Compare " + row.dataset.infTerm);
      row.cells[0].prepend(box);
      return box;
    });
    const update = () => {
      const chosen = boxes.flatMap((box, at) => box.checked
        ? [{ name: rows[at].dataset.infTerm, counts: rows[at].dataset.infCounts.split(" ").map(Number) }] : []);
      boxes.forEach((box) => { box.disabled = !box.checked && chosen.length >= 4; });
      draw(place, data.periods, chosen);
    };
    boxes.forEach((box) => box.addEventListener("change", update));
    document.querySelector("[data-inf-compare-hint]").hidden = false;
    update();
  }

  all("[data-inf-table]").forEach(sortable);
  all("[data-inf-filters]").forEach(filterable);
  all("[data-inf-compare]").forEach(comparable);
})();
