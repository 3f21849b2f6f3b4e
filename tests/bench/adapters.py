#!/usr/bin/env python3
"""A frozen network, the same with adapters, and dedicated networks, several seeds.

    tests/bench/adapters.py --data mfeat.h5 --out results/mfeat

The base is trained on all modalities only. Writes results.txt and results.json, the tables of
`modascope compare` on the test split. Runs that are finished are not run again, so the script can
be stopped and started.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys


def modascope(a, *arguments):
    done = subprocess.run([a.modascope, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"modascope {' '.join(map(str, arguments))}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def base(a, seed):
    """Folder of the frozen network's run."""
    note = a.out / f"base-{seed}.json"
    if not note.exists():
        settings = ["gmd.subsets=full", "train.method=joint", f"train.seed={seed}",
                    f"train.steps={a.steps}", f"run.name=base-{seed}", *a.set]
        command = ["train", "--data", a.data, "--out", a.out / "runs", "--json"]
        for setting in settings:
            command += ["--set", setting]
        note.write_text(modascope(a, *command).splitlines()[-1])
    return json.loads(note.read_text())["run"]


def adapted(a, method, seed):
    """Folder of the base with adapters."""
    folder = a.out / f"{method}-{seed}"
    if not (folder / "adaptation.json").exists():
        shutil.rmtree(folder, ignore_errors=True)  # one that was interrupted
        modascope(a, "adapt", "--run", base(a, seed), "--data", a.data, "--method", method,
                  "--checkpoint", a.checkpoint, "--steps", a.adapter_steps, "--out", folder)
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--modascope", default="build/release/modascope")
    parser.add_argument("--methods", nargs="+", default=["ssf", "dedicated"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--steps", type=int, default=300, help="of the frozen network")
    parser.add_argument("--adapter-steps", type=int, default=150, help="of each subset")
    parser.add_argument("--checkpoint", default="last", help="of the frozen network: last or best")
    parser.add_argument("--set", nargs="+", default=["model.kind=early-fusion",
                                                     "model.embedding=64"], metavar="KEY=VALUE")
    a = parser.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    groups = {"frozen": [base(a, seed) for seed in a.seeds]}
    for method in a.methods:
        groups[method] = [adapted(a, method, seed) for seed in a.seeds]
    command = ["compare", "--data", a.data, "--split", "test", "--checkpoint", a.checkpoint]
    for name, runs in groups.items():
        command += ["--group", f"{name}={','.join(map(str, runs))}"]
    (a.out / "results.json").write_text(modascope(a, *command, "--json"))
    (a.out / "results.txt").write_text(modascope(a, *command))
    print((a.out / "results.txt").read_text())


if __name__ == "__main__":
    main()
