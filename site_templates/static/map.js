/* The large map: positions come with the page, nothing moves by itself. Colours are read from the page's own
   style, so light and dark follow. Deep links: #slug for a person, #circle=slug for a circle. */
(function () {
  "use strict";
  const root = document.querySelector("[data-inf-network-root]");
  const holder = document.querySelector("[data-inf-network]");
  if (!root || !holder || typeof vis === "undefined") return;
  root.hidden = false;
  const data = JSON.parse(document.querySelector("[data-inf-network-data]").textContent);
  const find = root.querySelector("[data-inf-network-find]");
  const pick = root.querySelector("[data-inf-network-circle]");
  const panel = root.querySelector("[data-inf-network-panel]");
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const links = new Map(data.nodes.map((node) => [node.id, { cites: [], by: [] }]));
  data.edges.forEach((edge, at) => {
    edge.id = at;
    links.get(edge.from).cites.push(edge.to);
    links.get(edge.to).by.push(edge.from);
  });
  let focus = null;

  const style = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
  function colours() {
    const hues = {};
    ["0", "1", "2", "3", "4", "5", "6", "none"].forEach((hue) => { hues[hue] = style("--inf-hue-" + hue); });
    const dark = document.body.getAttribute("data-md-color-scheme") === "slate";
    return { hues, text: dark ? "#e8eaf0" : "#16181d", back: dark ? "#1e2129" : "#ffffff",
      line: dark ? "rgba(225,230,240,0.22)" : "rgba(20,24,34,0.16)",
      strong: dark ? "rgba(235,240,250,0.75)" : "rgba(20,24,34,0.6)",
      faint: dark ? "rgba(150,155,165,0.16)" : "rgba(120,125,135,0.14)" };
  }

  function wanted() {
    if (focus) return new Set([focus, ...links.get(focus).cites, ...links.get(focus).by]);
    if (pick.value) return new Set(data.nodes.filter((node) => node.circle === pick.value).map((node) => node.id));
    return null;
  }

  // Labels keep their size on the screen; the short list and the higher ranks are named first, others where
  // there is room, so that coming closer names more.
  const order = [...data.nodes].sort((a, b) => (b.listed - a.listed) || (a.rank - b.rank));
  const dots = data.nodes.map((node) => ({ id: node.id,
    box: [node.x - node.size * 0.8, node.y - node.size * 0.8, node.x + node.size * 0.8, node.y + node.size * 0.8] }));
  let scale = 1;
  function fitting(inside) {
    const boxes = [];
    const chosen = new Set();
    const ranked = focus ? [byId.get(focus), ...order] : order;
    ranked.forEach((node) => {
      if (chosen.has(node.id) || (inside && !inside.has(node.id))) return;
      const half = (node.label.length * 7.4 + 8) / 2 / scale;
      const box = [node.x - half, node.y + node.size, node.x + half, node.y + node.size + 20 / scale];
      const over = (b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3];
      if (boxes.some(over)) return;
      // A label of a lower rank must not cover a dot either.
      const first = node.listed || focus !== null || (!inside && chosen.size < 24);
      if (!first && dots.some((d) => d.id !== node.id && over(d.box))) return;
      boxes.push(box);
      chosen.add(node.id);
    });
    return chosen;
  }

  function nodeLook(node, inside, now, labels) {
    const on = !inside || inside.has(node.id);
    const colour = on ? now.hues[node.hue] : now.faint;
    return { id: node.id, x: node.x, y: node.y, size: node.size, shape: node.shape,
      label: labels.has(node.id) ? node.label : "",
      color: { background: colour, border: node.id === focus ? now.text : on ? now.back : now.faint,
        highlight: { background: colour, border: now.text }, hover: { background: colour, border: now.text } },
      borderWidth: node.id === focus ? 4 : 1.5,
      font: { color: now.text, size: (node.listed ? 14.5 : 12.5) / scale, strokeWidth: 3 / scale, strokeColor: now.back,
        face: "system-ui, sans-serif", vadjust: 0 } };
  }

  function edgeLook(edge, inside, now) {
    const on = !inside || (focus ? edge.from === focus || edge.to === focus : inside.has(edge.from) && inside.has(edge.to));
    const colour = on ? (focus ? now.strong : now.line) : "rgba(0,0,0,0)";
    return { id: edge.id, from: edge.from, to: edge.to, width: edge.width, hidden: !on,
      color: { color: colour, highlight: now.strong, hover: now.strong } };
  }

  const first = colours();
  const nodes = new vis.DataSet(data.nodes.map((node) => nodeLook(node, null, first, new Set())));
  const edges = new vis.DataSet(data.edges.map((edge) => edgeLook(edge, null, first)));
  const network = new vis.Network(holder, { nodes, edges }, {
    physics: false, layout: { improvedLayout: false, randomSeed: 1 },
    interaction: { dragNodes: false, hover: true, keyboard: { enabled: true, bindToWindow: false }, tooltipDelay: 100000,
      hideEdgesOnDrag: data.edges.length > 1500 },
    edges: { smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.4 } }, selectionWidth: 1, hoverWidth: 0.5 },
    nodes: { scaling: { label: { enabled: false, drawThreshold: 0, maxVisible: 100 } } },
  });

  function fit(ids) {
    network.fit({ nodes: ids ? Array.from(ids) : data.nodes.map((node) => node.id), animation: false, maxZoomLevel: 1.6 });
    scale = network.getScale();
    paint();
  }

  function paint() {
    const inside = wanted();
    const now = colours();
    const labels = fitting(inside);
    nodes.update(data.nodes.map((node) => nodeLook(node, inside, now, labels)));
    edges.update(data.edges.map((edge) => edgeLook(edge, inside, now)));
  }

  function line(text, name) {
    const made = document.createElement("p");
    if (name) made.className = name;
    made.textContent = text;
    return made;
  }

  function tell(id) {
    const node = byId.get(id);
    const link = document.createElement("a");
    link.href = "../" + node.href;
    link.textContent = "Open the profile";
    const parts = [line(node.full, "inf-network__name"),
      line(`Rank ${node.rank}${node.circleName ? ", " + node.circleName : ""}`, "inf-note")];
    if (node.why) parts.push(line(node.why));
    const [cites, by] = [links.get(id).cites.length, links.get(id).by.length];
    parts.push(line(`Cites ${cites}, cited by ${by} of those drawn`, "inf-note"));
    if (node.href) parts.push(link);
    panel.replaceChildren(...parts);
    panel.hidden = false;
  }

  function go(address) {
    if (location.hash !== address) history.replaceState(null, "", address || location.pathname + location.search);
  }

  function focusOn(id, move) {
    focus = id;
    pick.value = "";
    paint();
    tell(id);
    go("#" + id);
    if (move) fit(wanted());
  }

  function circleOnly(id, move) {
    focus = null;
    panel.hidden = true;
    pick.value = id;
    paint();
    go(id ? "#circle=" + id : "");
    if (move) fit(wanted());
  }

  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();
  function search(exactOnly) {
    const text = plain(find.value);
    if (!text) return;
    const hit = data.nodes.find((node) => plain(node.full) === text)
      || (exactOnly ? null : data.nodes.find((node) => plain(node.full).includes(text)));
    if (hit) focusOn(hit.id, true);
  }

  function follow() {
    const address = decodeURIComponent(location.hash.slice(1));
    if (byId.has(address)) focusOn(address, true);
    else if (address.startsWith("circle=") && Array.from(pick.options).some((option) => option.value === address.slice(7))) {
      circleOnly(address.slice(7), true);
    }
  }

  network.on("click", (event) => { if (event.nodes.length) focusOn(event.nodes[0], false); else circleOnly(pick.value, false); });
  network.on("doubleClick", (event) => { if (event.nodes.length) location.href = "../" + byId.get(event.nodes[0]).href; });
  pick.addEventListener("change", () => circleOnly(pick.value, true));
  root.querySelector("[data-inf-network-reset]").addEventListener("click", () => { find.value = ""; circleOnly("", true); });
  find.addEventListener("input", () => search(true));
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") search(false); });
  window.addEventListener("hashchange", follow);
  new MutationObserver(paint).observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  let waiting = 0;
  network.on("zoom", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { scale = network.getScale(); paint(); }, 60);
  });
  fit(null);
  holder.setAttribute("data-inf-network-ready", "");
  follow();
})();
