/* Tables that sort and filter, courses that compare. Without this script every table is whole and readable. */
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

  function draw(frame, data, chosen) {
    const periods = data.periods;
    const [wide, tall, left, right] = [720, 220, 34, 170];
    const top = Math.max(1, ...chosen.flatMap((course) => course.counts));
    const x = (at) => left + (at * (wide - left - right)) / Math.max(1, periods.length - 1);
    const y = (count) => 12 + (tall - 44) * (1 - count / top);
    const chart = element("svg", { class: "inf-compare__chart", viewBox: `0 0 ${wide} ${tall}`, role: "img",
      "aria-label": "Posts over time: " + chosen.map((course) => course.name).join(", ") + "; the table says the same" });
    [0, top].forEach((count) => {
      chart.append(element("line", { class: "inf-compare__axis", x1: left, x2: wide - right, y1: y(count), y2: y(count) }));
      chart.append(element("text", { class: "inf-compare__tick", x: left - 6, y: y(count) + 4, "text-anchor": "end" }, count));
    });
    periods.forEach((period, at) => {
      if (at % data.every === 0) chart.append(element("text", { class: "inf-compare__tick", x: x(at), y: tall - 8, "text-anchor": "middle" }, period));
    });
    const names = chosen.map((course, at) => ({ at, y: y(course.counts[course.counts.length - 1]) })).sort((a, b) => a.y - b.y);
    names.forEach((name, at) => { if (at && name.y - names[at - 1].y < 15) name.y = names[at - 1].y + 15; });
    const over = names.length ? names[names.length - 1].y - (tall - 36) : 0;
    if (over > 0) names.forEach((name) => { name.y -= over; });
    const heights = new Map(names.map((name) => [name.at, name.y]));
    chosen.forEach((course, at) => {
      const group = element("g", { class: `inf-hue--${course.hue}` });
      group.append(element("polyline", { class: `inf-compare__line inf-compare__line--${course.hue}`,
        points: course.counts.map((count, place) => `${x(place)},${y(count)}`).join(" ") }));
      const label = course.name.length > 20 ? course.name.slice(0, 19) + "…" : course.name;
      group.append(element("text", { class: "inf-compare__name", x: wide - right + 8, y: heights.get(at) + 4 }, label));
      chart.append(group);
    });
    frame.replaceChildren(chart);
  }

  function tabulate(table, data, chosen) {
    const row = (cells, tag) => {
      const made = document.createElement("tr");
      cells.forEach((text) => { const cell = document.createElement(tag); cell.textContent = text; made.append(cell); });
      return made;
    };
    const head = row(["Period", ...chosen.map((course) => course.name), "Posts heard"], "th");
    Array.from(head.cells).forEach((cell) => { cell.scope = "col"; });
    table.tHead.replaceChildren(head);
    table.tBodies[0].replaceChildren(...data.names.map((name, at) =>
      row([name, ...chosen.map((course) => course.counts[at]), data.heard[at]], "td")).reverse());
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
        data.courses.forEach((course, index) => { if (course.kind === kind) group.append(new Option(course.name, index)); });
        if (group.children.length) select.append(group);
      });
      select.value = at < data.courses.length ? String(at) : "";
      const label = document.createElement("label");
      label.className = `inf-compare__choose inf-hue--${at}`;
      const word = document.createElement("span");
      word.textContent = at ? "with" : "Compare";
      label.append(word, select);
      choices.append(label);
      return select;
    });
    const update = () => {
      const chosen = selects.flatMap((select, hue) => select.value === "" ? [] : [{ ...data.courses[Number(select.value)], hue }]);
      draw(place.querySelector("[data-inf-compare-frame]"), data, chosen);
      tabulate(place.querySelector("[data-inf-compare-table]"), data, chosen);
    };
    selects.forEach((select) => select.addEventListener("change", update));
    choices.hidden = false;
  }

  // A drawing wider than a phone opens on the person it is about.
  all(".inf-drawn--ego .inf-drawn__frame").forEach((frame) => { frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2; });
  all("[data-inf-table]").forEach(sortable);
  all("[data-inf-filters]").forEach(filterable);
  all("[data-inf-compare]").forEach(comparable);
})();
