#!/usr/bin/env python3
"""Modascope's training step and evaluation beside the same work written in plain PyTorch.

    tests/bench/speed.py --modascope build/release/modascope --peer peer_gmd.py > speed.json

Both programs run in turn, `--rounds` times, so that a busy machine slows both; a ratio is that of
the medians. `--rows` picks rows of the table by number, `--device cuda:0` measures on a GPU.
"""
import argparse
import json
import statistics
import subprocess
import sys

STEP = ["--size", "48", "--batch", "1"]
SMALL = ["--size", "32", "--batch", "4"]
ROWS = [
    ("joint, batch 1, 48^3", ["step", "--method", "joint"] + STEP, ["--mode", "joint"] + STEP, 2.5),
    ("GMD exact, batch 1, 48^3", ["step", "--method", "gmd"] + STEP, ["--mode", "gmd"] + STEP, 2.3),
    ("GMD tolerance 0.01, batch 1, 48^3",
     ["step", "--method", "gmd", "--tolerance", "0.01"] + STEP, ["--mode", "gmd"] + STEP, 6),
    ("joint, batch 4, 32^3", ["step", "--method", "joint"] + SMALL, ["--mode", "joint"] + SMALL,
     1.3),
    ("GMD tolerance 0.01, batch 4, 32^3",
     ["step", "--method", "gmd", "--tolerance", "0.01"] + SMALL, ["--mode", "gmd"] + SMALL, 3),
    ("15 subsets, 64^3, against 15 passes", ["evaluate", "--size", "64"],
     ["--mode", "evaluate", "--size", "64"], 15),
    ("15 subsets, 64^3, against one pass", ["evaluate", "--size", "64"],
     ["--mode", "evaluate-once", "--size", "64"], 1.8),
    ("GMD exact, batch 4, 32^3", ["step", "--method", "gmd"] + SMALL, ["--mode", "gmd"] + SMALL, 0),
]


def ask(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--modascope", default="build/release/modascope")
    parser.add_argument("--peer", required=True)
    parser.add_argument("--width", default="0.5")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--warm", default="100")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, nargs="*")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--set", action="append", default=[], help="a setting for every bench")
    a = parser.parse_args()

    results = []
    for number in a.rows or range(1, len(ROWS) + 1):
        name, ours, theirs, wanted = ROWS[number - 1]
        ours = [a.modascope, "bench"] + ours + ["--width", a.width, "--threads", a.threads,
                                                "--device", a.device, "--json"]
        for setting in a.set:
            ours += ["--set", setting]
        theirs = [sys.executable, a.peer] + theirs + ["--width", a.width, "--threads", a.threads]
        mine, peers = [], []
        for _ in range(a.rounds):
            warm = ["--warm", a.warm] if "step" in ours else []
            peers.append(ask(theirs)["seconds"])
            mine.append(ask(ours + warm))
        seconds = statistics.median(m["seconds"] for m in mine)
        peer = statistics.median(peers)
        results.append({"work": name, "peer_seconds": peer, "seconds": seconds,
                        "ratio": peer / seconds, "wanted": wanted, "peer_all": peers,
                        "all": [m["seconds"] for m in mine], "last": mine[-1]})
        print(f"{name:38s} peer {peer:7.3f} s  ours {seconds:7.3f} s  {peer / seconds:5.2f}x"
              f"  (wanted {wanted}x)", file=sys.stderr, flush=True)
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
