// Colours, and how the parts of plots are drawn: shared by pages and by drawings that stand alone.
#pragma once

#include <string_view>

namespace ulpforge::report {

inline constexpr std::string_view kPlotStyle = R"css(
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2128; --faint: #5c6672; --line: #d5dae0;
  --grid: #e6e9ed; --minor: #f2f4f6; --card: #f7f8fa; --link: #0a58ca; --hl: 40%; --ol: .55; --oc: .15; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #14181d; --ink: #dfe4ea;
  --faint: #98a3af; --line: #333b45; --grid: #2a313a; --minor: #1d232a; --card: #1b2027; --link: #7db3ff;
  --hl: 68%; --ol: .78; --oc: .13; } }
.name { font-weight: 600; } .frame { fill: none; stroke: var(--line); }
.major, .minor { fill: none; stroke: var(--grid); } .minor { stroke: var(--minor); }
.zero { fill: none; stroke: var(--faint); stroke-width: 1; }
.rule { fill: none; stroke: var(--faint); stroke-dasharray: 2 3; } .rule-name { fill: var(--faint); font-size: 11px; }
.hue { --c: hsl(var(--h) 65% var(--hl)); } .ink { --c: var(--faint); }
@supports (color: oklch(0 0 0)) { .hue { --c: oklch(var(--ol) var(--oc) var(--h)); } }
.line { fill: none; stroke: var(--c); stroke-width: 1.6; stroke-linejoin: round; } .dash { stroke-dasharray: 5 4; }
.bars { fill: var(--c); opacity: .75; } .end { fill: var(--c); font-weight: 600; }
.m { fill: var(--c); stroke: var(--paper); stroke-width: .8; } .o { fill: var(--paper); stroke: var(--c); stroke-width: 1.6; }
)css";

}  // namespace ulpforge::report
