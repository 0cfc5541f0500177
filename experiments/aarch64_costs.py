#!/usr/bin/env python3
"""Compares the modelled cycles of functions on Neoverse V2 with those of LLVM's machine code analyser.

  experiments/aarch64_costs.py ULPFORGE [FUNCTION...]

Of each function of the shelf in functions/ (by default exp2, exp, log, sin, tanh, erf) the programs of
1 ULP and the correctly rounded ones that NEON and SVE have: one turn of the loop of its array form, as
clang 19 compiles it, by llvm-mca-19 -mcpu=neoverse-v2, in cycles an element. Neither has seen the machine.
"""
import json, pathlib, re, subprocess, sys, tempfile

LOOP = """#include "{name}.h"
namespace d = {name}_detail;
{types}
void turn(const float* x, float* y, std::size_t n) {{
  for (std::size_t i = 0; i < n; i += {step}) {{
    __asm__ volatile("# BEGIN" ::: "memory");
    Form::F32 r;
    const Form::F32 p = {load};
    {body}
    {store}
    __asm__ volatile("# END" ::: "memory");
  }}
}}
"""


def loop_of(name, header, form):
    """The text of a loop, and how many elements a turn has, of 128 bits a register."""
    array = header[header.rindex("static inline void"):]
    array = array[array.index(f"defined({name}_{form})".upper().replace("DEFINED", "defined")):]
    step = int(re.search(r"n - i >= (\d+)", array).group(1)) if form == "neon" else 4
    if form == "neon":
        types = "using Form = d::Together<d::Neon>;"
        load = "{{" + ", ".join(f"d::load(x + i + {k})" for k in range(0, step, 4)) + "}}"
        store = " ".join(f"d::store(y + i + {k}, r.v[{k // 4}]);" for k in range(0, step, 4))
    else:
        types, load, store = "using Form = d::Sve;", "d::load(x + i)", "d::store(y + i, r);"
    rare = "inline bool common(" in header
    body = "if (d::common<Form>(p, r)) return;" if rare else "r = d::evaluate<Form>(p);"
    return LOOP.format(name=name, types=types, load=load, store=store, body=body,
                       step=step if form == "neon" else "svcntw()"), step


def simulated(folder, name, form):
    header = (folder / "functions" / f"{name}.h").read_text()
    text, step = loop_of(name, header, form)
    source = folder / "turn.cpp"
    source.write_text(text)
    flags = ["-march=armv8-a" + ("+sve" if form == "sve" else ""), "-mtune=neoverse-v2"]
    assembly = subprocess.run(["clang++-19", "--target=aarch64-linux-gnu", "-std=c++17", "-O2", "-w", *flags, "-S",
                               f"-I{folder}/functions", source, "-o", "-"],
                              check=True, capture_output=True, text=True).stdout
    turn = assembly[assembly.index("BEGIN\n"):assembly.index("END\n")].splitlines()[1:]
    code = "\n".join(line for line in turn if line.startswith("\t") and not line.lstrip().startswith(("//", ".")))
    report = subprocess.run(["llvm-mca-19", "-march=aarch64", "-mcpu=neoverse-v2", "-mattr=+sve", "-iterations=200"],
                            input=code, check=True, capture_output=True, text=True).stdout
    return int(re.search(r"Total Cycles:\s+(\d+)", report).group(1)) / 200 / step


def main():
    ulpforge, functions = sys.argv[1], sys.argv[2:] or ["exp2", "exp", "log", "sin", "tanh", "erf"]
    shelf = pathlib.Path(__file__).resolve().parent.parent / "functions"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([ulpforge, "family", shelf, "--sources-only", "--force", "-o", folder], check=True,
                       stdout=subprocess.DEVNULL)
        print(f"{'function':16}{'form':6}{'model':>8}{'llvm-mca':>10}{'ratio':>8}")
        for f in json.loads((folder / "family.json").read_text())["functions"]:
            if f["function"] not in functions or not f["name"].endswith(("_1u", "_cr")): continue
            for program in f["programs"]:
                for form, cycles in zip(program["forms"], program["cycles"]):
                    if form not in ("neon", "sve"): continue
                    try:
                        mca = simulated(folder, f["name"], form)
                    except (subprocess.CalledProcessError, ValueError, AttributeError, ZeroDivisionError):
                        print(f"{f['name']:16}{form:6}{cycles:8.3f}{'no single turn':>18}")
                        continue
                    print(f"{f['name']:16}{form:6}{cycles:8.3f}{mca:10.3f}{mca / cycles:8.2f}")


if __name__ == "__main__":
    main()
