// Pages: text stays text, and nothing comes from elsewhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/page.h"

namespace ulpforge::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Escape, LeavesNoMarkup) {
  EXPECT_EQ(escape("a < b & 'c' > \"d\"\n"), "a &lt; b &amp; &#39;c&#39; &gt; &quot;d&quot;\n");
  EXPECT_EQ(escape(std::string_view("\0\x1b", 2)), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Page, IsSelfContained) {
  const std::string text = html({.title = "<t>", .subtitle = "<s>", .footer = "<f>"});
  EXPECT_THAT(text, AllOf(HasSubstr("&lt;t&gt;"), HasSubstr("&lt;s&gt;"), HasSubstr("&lt;f&gt;")));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("http:")), Not(HasSubstr("https:")),
                          Not(HasSubstr("@import")), Not(HasSubstr("src="))));
  EXPECT_THAT(text, AllOf(HasSubstr("prefers-color-scheme: dark"), HasSubstr("@media print")));
}

TEST(Parts, EscapeTheirText) {
  EXPECT_THAT(code("a < b"), AllOf(HasSubstr("<pre>a &lt; b</pre>"), HasSubstr("<button")));
  EXPECT_THAT(section("a\"b", "<h>", "<p>body</p>"),
              AllOf(HasSubstr("a&quot;b"), HasSubstr("&lt;h&gt;"), HasSubstr("<p>body</p>")));
  EXPECT_THAT(table({{"<n>", true}}, {{"<b>1</b>"}}),
              AllOf(HasSubstr("&lt;n&gt;"), HasSubstr("<td class=\"number\"><b>1</b></td>")));
  EXPECT_THAT(folded("<s>", "body", true),
              AllOf(HasSubstr("<details open>"), HasSubstr("&lt;s&gt;")));
  EXPECT_THAT(facts({{"<k>", "<i>v</i>"}}), AllOf(HasSubstr("&lt;k&gt;"), HasSubstr("<i>v</i>")));
}

}  // namespace
}  // namespace ulpforge::report
