// One self-contained HTML page: style sheet for screen (light and dark) and print, and the few
// lines of script for copy buttons. No network.
#pragma once

#include <string>
#include <vector>

#include "report/html.h"

namespace ulpforge::report {

/// A page. `body` is HTML, all else text.
struct Page {
  std::string title;
  std::string subtitle = {};
  std::string body = {};
  std::string footer = {};
};

std::string html(const Page& page);

/// <section> with a heading that the table of contents can link to.
std::string section(const std::string& id, const std::string& heading, const std::string& body);

struct HtmlColumn {
  std::string title;
  bool number = false;  ///< aligned to the right
};

/// <table>; cells are HTML (use escape()), as many as columns in each row.
std::string table(const std::vector<HtmlColumn>& columns,
                  const std::vector<std::vector<std::string>>& rows);

/// Preformatted text with a button that copies it.
std::string code(const std::string& text);

/// The same, shown on demand; printed always.
std::string folded(const std::string& summary, const std::string& body, bool open = false);

/// The same, left out on paper.
std::string on_screen(const std::string& body);

/// Name and value pairs, values in HTML.
std::string facts(const std::vector<std::pair<std::string, std::string>>& pairs);

}  // namespace ulpforge::report
