#!/usr/bin/env python3
"""How the cost of a training step grows with size, width, modalities and subsets.

    tests/bench/scaling.py --modascope build/release/modascope > scaling.json

Each line changes one thing of the middle case (32^3, width 0.25, four modalities, all subsets).
"""
import argparse
import json
import subprocess
import sys

MIDDLE = {"size": 32, "width": 0.25, "batch": 1, "modalities": 4, "subsets": "all",
          "subsets_per_step": 0, "precision": "float32"}
LINES = (
    [{}]
    + [{"size": size} for size in (16, 48, 64)]
    + [{"width": width} for width in (0.5, 1)]
    + [{"batch": batch} for batch in (2, 4)]
    + [{"modalities": count} for count in (2, 3, 5, 6, 8)]
    + [{"subsets": name} for name in ("singletons", "pairs", "leave-one-out")]
    + [{"subsets_per_step": count} for count in (3, 5, 8)]
    + [{"precision": "bfloat16"}]
)
METHODS = {"joint": ["--method", "joint"], "gmd": ["--method", "gmd"],
           "gmd 0.01": ["--method", "gmd", "--tolerance", "0.01"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--modascope", default="build/release/modascope")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--warm", default="20")
    parser.add_argument("--runs", default="3")
    a = parser.parse_args()
    rows = []
    print("| changed | " + " | ".join(f"{m} s (GB)" for m in METHODS) + " |\n"
          + "|---" * (1 + len(METHODS)) + "|", file=sys.stderr)
    for change in LINES:
        case = {**MIDDLE, **change}
        row = {"changed": change, "case": case}
        for name, method in METHODS.items():
            done = subprocess.run(
                [a.modascope, "bench", "step", *method, "--size", str(case["size"]), "--width",
                 str(case["width"]), "--batch", str(case["batch"]), "--modalities",
                 str(case["modalities"]), "--set", f"gmd.subsets={case['subsets']}", "--set",
                 f"gmd.subsets_per_step={case['subsets_per_step']}", "--set",
                 f"compute.precision={case['precision']}", "--threads", a.threads, "--warm", a.warm, "--runs", a.runs, "--json"],
                capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit(done.stderr.strip())
            row[name] = json.loads(done.stdout)
        rows.append(row)
        words = ", ".join(f"{k} {v}" for k, v in change.items()) or "nothing"
        print(f"| {words} | " + " | ".join(
            f"{row[m]['seconds']:.3f} ({row[m]['peak_bytes'] / 1e9:.2f})" for m in METHODS) + " |",
            file=sys.stderr, flush=True)
    print(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
