/* Search in search-index.js, which is loaded when somebody begins to look. Every word must be in a document's title, its publisher, or the
   name of one of its countries and themes; accents and case do not count. What is found is written as text, never as markup. */
(function () {
  "use strict";
  var most = 100;
  var form = document.getElementById("search");
  var field = document.getElementById("q");
  var state = document.getElementById("status");
  var list = document.getElementById("found");
  var rows = null, loading = false;

  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function prepare(index) {
    rows = index.documents.map(function (each) {
      var on = each[4].map(function (place) { return index.shelves[place]; });
      return {said: fold([each[0], each[1]].concat(on).join(" ")), title: each[0], by: each[1],
              edition: index.editions[each[2]], id: each[3], on: on, tongue: each[5]};
    });
    index.editions.forEach(function (each) {
      rows.push({said: fold(each[1] + " " + each[2]), title: each[2], by: "", edition: each, id: null, on: [], tongue: ""});
    });
  }

  function load() {
    if (rows || loading) { return; }
    loading = true;
    var script = document.createElement("script");
    script.src = "search-index.js";
    script.onload = function () { prepare(window.archiveIndex); look(); };
    script.onerror = function () { loading = false; state.textContent = form.dataset.noIndex; };
    document.head.appendChild(script);
  }

  function entry(row) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    link.href = row.edition[0] + (row.id === null ? "" : "#d" + row.id);
    link.textContent = row.title;
    link.dir = "auto";
    link.lang = row.tongue || row.edition[4];
    var line = document.createElement("p");
    line.className = "m";
    var parts = row.id === null ? [row.edition[3]] : [row.by, row.edition[1], row.edition[3]].concat(row.on);
    line.textContent = parts.filter(function (part, at) { return part && parts.indexOf(part) === at; }).join(" · ");
    item.append(link, line);
    return item;
  }

  /* The page says how many in its own language: one form for its singular numbers, one for others. */
  function counted(count) {
    if (!count) { return form.dataset.nothing; }
    if (count > most) { return form.dataset.more; }
    return form.dataset.singular.split(" ").indexOf(String(count)) >= 0 ? form.dataset.one : form.dataset.many;
  }

  function look() {
    var words = fold(field.value).split(/\s+/).filter(Boolean);
    if (!words.length) { list.replaceChildren(); state.textContent = ""; return; }
    if (!rows) { load(); return; }
    var found = rows.filter(function (row) { return words.every(function (word) { return row.said.includes(word); }); });
    list.replaceChildren.apply(list, found.slice(0, most).map(entry));
    state.textContent = counted(found.length).replace("{count}", found.length).replace("{most}", most);
  }

  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("focus", load);
  field.addEventListener("input", look);
  form.addEventListener("submit", function (event) { event.preventDefault(); look(); });
  look();
})();
