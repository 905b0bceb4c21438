/* Sort and filter tables, compare trends. Without this script every table is complete and readable. */
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
        // Numbers sort in descending order first; ranks and words in ascending order.
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

  // The page holds the chart with its axes, and its data the geometry: only lines and labels depend on the choice.
  function draw(place, data, chosen) {
    const { x, base, top, labelX, labelGap, labelDrop } = data.geometry;
    const highest = Math.max(1, ...chosen.flatMap((trend) => trend.counts));
    const y = (count) => base - (base - top) * (count / highest);
    const labels = chosen.map((trend) => ({ trend, y: y(trend.counts[trend.counts.length - 1]) })).sort((a, b) => a.y - b.y);
    labels.forEach((label, at) => { if (at) label.y = Math.max(label.y, labels[at - 1].y + labelGap); });
    const over = labels.length ? Math.max(0, labels[labels.length - 1].y - base) : 0;
    const groups = labels.map((label) => {
      const trend = label.trend;
      const group = element("g", { class: `inf-hue--${trend.hue}` });
      group.append(element("polyline", { class: `inf-compare__line inf-compare__line--${trend.hue}`,
        points: trend.counts.map((count, at) => `${x[at]},${y(count)}`).join(" ") }));
      group.append(element("text", { class: "inf-compare__name", x: labelX, y: label.y - over + labelDrop }, trend.label));
      return group;
    });
    place.querySelector("[data-inf-compare-lines]").replaceChildren(...groups);
    place.querySelector("[data-inf-compare-highest]").textContent = highest;
    place.querySelector("[data-inf-compare-chart]").setAttribute("aria-label",
      "Posts over time: " + chosen.map((trend) => trend.name).join(", ") + "; the table says the same");
  }

  function tabulate(table, data, chosen) {
    const row = (cells, tag) => {
      const made = document.createElement("tr");
      cells.forEach((text) => { const cell = document.createElement(tag); cell.textContent = text; made.append(cell); });
      return made;
    };
    const head = row(["Period", ...chosen.map((trend) => trend.name), "Posts read"], "th");
    Array.from(head.cells).forEach((cell) => { cell.scope = "col"; });
    table.tHead.replaceChildren(head);
    table.tBodies[0].replaceChildren(...data.periods.map((name, at) =>
      row([name, ...chosen.map((trend) => trend.counts[at]), data.posts[at]], "td")).reverse());
  }

  function comparable(place) {
    const data = JSON.parse(place.querySelector("[data-inf-compare-data]").textContent);
    const titles = { term: "Terms", link: "Links", person: "People" };
    const choices = place.querySelector("[data-inf-compare-choices]");
    const selects = [0, 1, 2].map((at) => {
      const select = document.createElement("select");
      select.append(new Option("nothing", ""));
      Object.keys(titles).forEach((kind) => {
        const group = document.createElement("optgroup");
        group.label = titles[kind];
        data.trends.forEach((trend, index) => { if (trend.kind === kind) group.append(new Option(trend.name, index)); });
        if (group.children.length) select.append(group);
      });
      select.value = at < data.trends.length ? String(at) : "";
      const label = document.createElement("label");
      label.className = `inf-compare__choose inf-hue--${at}`;
      const word = document.createElement("span");
      word.textContent = at ? "with" : "Compare";
      label.append(word, select);
      choices.append(label);
      return select;
    });
    const update = () => {
      const chosen = selects.flatMap((select, hue) => select.value === "" ? [] : [{ ...data.trends[Number(select.value)], hue }]);
      draw(place, data, chosen);
      tabulate(place.querySelector("[data-inf-compare-table]"), data, chosen);
    };
    selects.forEach((select) => select.addEventListener("change", update));
    choices.hidden = false;
  }

  // Scroll a map that is wider than the screen to the person in its centre.
  all(".inf-drawn--ego .inf-drawn__frame").forEach((frame) => { frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2; });
  all("[data-inf-table]").forEach(sortable);
  all("[data-inf-filters]").forEach(filterable);
  all("[data-inf-compare]").forEach(comparable);
})();
