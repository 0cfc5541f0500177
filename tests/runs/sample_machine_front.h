// A small f32 front for tests.
#pragma once

#include <cmath>

#include "ir/text.h"
#include "runs/machine_front.h"

namespace ulpforge::runs {

/// x + x * x / 2 + 1 for exp(x) on [-1/8,1/8], with a figure that is about right.
inline MachineFront sample_machine_front() {
  MachineFront front;
  front.version = "1.2.3";
  front.target = "exp(x)";
  front.expression = "exp(x)";
  front.domain = "[-0.125,0.125]";
  front.isa = "avx2";
  front.processor = "golden-cove";
  front.seed = 7;
  front.evaluations = 1000;
  front.seconds = 0.25;
  front.command = "ulpforge search";
  MachineFrontEntry entry;
  entry.scheme = "none";
  entry.program = ir::parse(
      "input x: f32\nc0 = 0x1p-1\nc1 = 0x1p+0\nv0 = c0 * x\nv1 = v0 * x\n"
      "v2 = v1 + x\nv3 = v2 + c1\nreturn v3\n");
  entry.max_ulp = 5300.25;
  entry.worst_input = 0x3e000000;
  entry.inputs = 2080374786;
  entry.misrounded = 100'000'000;
  entry.above_one_ulp = 90'000'000;
  entry.cost_throughput = 0.25;
  entry.cost_latency = 16;
  entry.ns_per_element = std::nan("");
  entry.ratio = std::nan("");
  front.programs.push_back(entry);
  name_programs(front);
  return front;
}

}  // namespace ulpforge::runs
