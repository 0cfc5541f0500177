// Pages.
#include "report/page.h"

#include <fmt/format.h>

#include <string_view>

#include "report/style.h"

namespace ulpforge::report {
namespace {

constexpr std::string_view kStyle = R"css(
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0 auto; max-width: 74rem; padding: 1.5rem clamp(.75rem, 3vw, 2.5rem) 3rem;
  background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.65rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
p { margin: .5rem 0; } .subtitle, footer, figcaption, .note { color: var(--faint); }
.subtitle { margin: 0; overflow-wrap: anywhere; } footer { margin-top: 3rem; font-size: .85rem; }
figure { margin: 0; min-width: 0; } .figure-title { font-weight: 600; margin-bottom: .15rem; }
figcaption { font-size: .85rem; margin-top: .1rem; max-width: 60rem; }
.grid { display: grid; gap: 1.5rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.15rem; margin: 1rem 0; }
.scroll { overflow-x: auto; }
svg { display: block; width: 100%; min-width: 29rem; height: auto; font-size: 12px; fill: var(--ink); }
svg svg { min-width: 0; } svg text { font-family: inherit; } .card svg { max-width: 42rem; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; font-size: .85rem; color: var(--faint); margin: .1rem 0 .3rem; }
.legend span { display: inline-flex; align-items: center; gap: .4rem; overflow-wrap: anywhere; }
.key { width: 28px; min-width: 28px; height: 14px; flex: none; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { padding: .28rem .7rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--faint); font-weight: 600; white-space: nowrap; vertical-align: bottom; }
.number { text-align: right; white-space: nowrap; } tbody tr:hover { background: var(--card); }
pre, code { font: 12.5px/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.code { position: relative; margin: .5rem 0; }
pre { margin: 0; padding: .7rem .85rem; overflow: auto; max-height: 26rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
.card pre { background: var(--paper); }
.code button { position: absolute; top: .4rem; right: .4rem; font: inherit; font-size: .75rem; padding: .15rem .55rem;
  color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 5px; cursor: pointer; }
.code button:hover { border-color: var(--faint); } summary { cursor: pointer; font-weight: 600; padding: .2rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .4rem 0; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
figure + figure, .grid + .scroll { margin-top: 1rem; } .grid > figure + figure { margin-top: 0; } td:first-child { white-space: nowrap; }
.worse { color: var(--faint); } .formula { font-size: 14px; white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0 .6rem; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .35rem; } .card { padding: .75rem; } }
@media print { .on-screen { display: none; } body { max-width: none; padding: 0; font-size: 10pt; } button { display: none; } figure, tr { break-inside: avoid; }
  h2, h3, .figure-title { break-after: avoid; } pre { max-height: none; white-space: pre-wrap; overflow-wrap: anywhere; } svg { min-width: 0; }
  .grid { grid-template-columns: 1fr; } .scroll { overflow: visible; } a { color: inherit; } }
)css";

/// Copies the text beside the button; on paper everything is unfolded.
constexpr std::string_view kScript = R"js(
addEventListener("click", event => {
  const button = event.target.closest(".code > button");
  if (!button) return;
  const text = button.nextElementSibling;
  const done = word => { button.textContent = word; setTimeout(() => button.textContent = "copy", 1500); };
  const select = () => {
    const range = document.createRange();
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    done(document.execCommand("copy") ? "copied" : "selected");
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(() => done("copied"), select);
  else select();
});
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(d => d.open = true));
)js";

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f) {
          out += "\xEF\xBF\xBD";
        } else {
          out += c;
        }
    }
  }
  return out;
}

std::string html(const Page& page) {
  const std::string subtitle =
      page.subtitle.empty() ? ""
                            : fmt::format("<p class=\"subtitle\">{}</p>\n", escape(page.subtitle));
  const std::string footer =
      page.footer.empty() ? "" : fmt::format("<footer>{}</footer>\n", escape(page.footer));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n"
      "<title>{}</title>\n<style>{}{}</style>\n</head>\n<body>\n<h1>{}</h1>\n{}{}{}"
      "<script>{}</script>\n</body>\n</html>\n",
      escape(page.title), kPlotStyle, kStyle, escape(page.title), subtitle, page.body, footer,
      kScript);
}

std::string section(const std::string& id, const std::string& heading, const std::string& body) {
  return fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n{}</section>\n", escape(id),
                     escape(heading), body);
}

std::string table(const std::vector<HtmlColumn>& columns,
                  const std::vector<std::vector<std::string>>& rows) {
  const auto kind = [&](std::size_t c) { return columns[c].number ? " class=\"number\"" : ""; };
  std::string text = "<div class=\"scroll\"><table>\n<thead><tr>";
  for (std::size_t c = 0; c < columns.size(); ++c) {
    text += fmt::format("<th{}>{}</th>", kind(c), escape(columns[c].title));
  }
  text += "</tr></thead>\n<tbody>\n";
  for (const auto& row : rows) {
    text += "<tr>";
    for (std::size_t c = 0; c < columns.size(); ++c) {
      text += fmt::format("<td{}>{}</td>", kind(c), row[c]);
    }
    text += "</tr>\n";
  }
  return text + "</tbody></table></div>\n";
}

std::string code(const std::string& text) {
  return fmt::format(
      "<div class=\"code\"><button type=\"button\">copy</button><pre>{}</pre></div>\n",
      escape(text));
}

std::string folded(const std::string& summary, const std::string& body, bool open) {
  return fmt::format("<details{}><summary>{}</summary>\n{}</details>\n", open ? " open" : "",
                     escape(summary), body);
}

std::string on_screen(const std::string& body) {
  return fmt::format("<div class=\"on-screen\">{}</div>\n", body);
}

std::string facts(const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::string text = "<dl>\n";
  for (const auto& [name, value] : pairs) {
    text += fmt::format("<dt>{}</dt><dd>{}</dd>\n", escape(name), value);
  }
  return text + "</dl>\n";
}

}  // namespace ulpforge::report
