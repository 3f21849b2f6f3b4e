#!/usr/bin/env python3
"""Joint training, GMD and early fusion with modality dropout on one cohort, several seeds.

    tests/bench/experiment.py --out results/phantom
    tests/bench/experiment.py --out results/patients --data COHORT --steps 600 --crop 48

Without --data a phantom cohort is made first. Runs that are finished are not run again, so the
script can be stopped and started. Writes results.json and results.md: mean and spread over seeds
of hard Dice and HD95, for every subset of modalities and in the mean, and the differences to joint
training case by case.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

METHODS = {
    "joint": ["model.kind=ds-norm", "train.method=joint"],
    "gmd": ["model.kind=ds-norm", "train.method=gmd", "gmd.tolerance=0.01"],
    "early-fusion": ["model.kind=early-fusion", "train.method=modality-dropout"],
}
REGIONS = ["wt", "tc", "et"]


def modascope(a, *arguments):
    done = subprocess.run([a.modascope, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"modascope {' '.join(map(str, arguments))}: {done.stderr.strip()[-2000:]}")
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def cohort(a):
    if a.data:
        return a.data
    folder = a.out / "phantom"
    if not folder.exists():
        modascope(a, "phantom", "--out", folder, "--cases", a.cases, "--size", a.size, "--seed", 1)
    return folder


def train(a, data, method, seed):
    """The finished run's folder, and its seconds of training."""
    note = a.out / f"{method}-{seed}.json"
    if not note.exists():
        settings = METHODS[method] + [f"train.seed={seed}", f"train.steps={a.steps}",
                                      f"train.crop={a.crop}", f"model.width={a.width}",
                                      f"run.name={method}-{seed}", "train.validate_every=0",
                                      f"compute.threads={a.threads}", "train.observe_every=0"]
        settings += a.set
        command = ["train", "--data", data, "--out", a.out / "runs", "--json"]
        for setting in settings:
            command += ["--set", setting]
        note.write_text(modascope(a, *command) + "\n")
    return json.loads(note.read_text())


def evaluate(a, data, method, seed, run):
    note = a.out / f"{method}-{seed}.scores.json"
    if not note.exists():
        note.write_text(modascope(a, "evaluate", "--run", run, "--data", data, "--split", a.split,
                                  "--per-case", "--json") + "\n")
    return json.loads(note.read_text())


def spread(values):
    return {"mean": statistics.mean(values),
            "sd": statistics.stdev(values) if len(values) > 1 else 0.0}


def differences(a, data, runs):
    """Every method minus the first, case by case, in words."""
    groups = []
    for method, folders in runs.items():
        groups += ["--group", f"{method}={','.join(folders)}"]
    done = subprocess.run([a.modascope, "compare", *groups, "--data", str(data), "--split",
                           a.split], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip()


def table(scores):
    lines = ["| method | " + " | ".join(f"{r.upper()} Dice | {r.upper()} HD95 (mm)"
                                        for r in REGIONS) + " |",
             "|---" * (1 + 2 * len(REGIONS)) + "|"]
    for method, seeds in scores.items():
        cells = []
        for region in REGIONS:
            dice = spread([s["mean"][region] for s in seeds])
            cells.append(f"{dice['mean']:.3f} ± {dice['sd']:.3f}")
            far = spread([s["mean_hd95"][region] for s in seeds])
            cells.append(f"{far['mean']:.1f} ± {far['sd']:.1f}")
        lines.append(f"| {method} | " + " | ".join(cells) + " |")
    return lines


def subset_table(scores):
    first = next(iter(scores.values()))[0]["subsets"]
    lines = ["| subset | " + " | ".join(f"{m} WT / TC / ET" for m in scores) + " |",
             "|---" * (1 + len(scores)) + "|"]
    for i, row in enumerate(first):
        cells = []
        for seeds in scores.values():
            cells.append(" / ".join(
                f"{statistics.mean([s['subsets'][i]['dice'][r] for s in seeds]):.3f}"
                for r in REGIONS))
        lines.append(f"| {' '.join(row['modalities'])} | " + " | ".join(cells) + " |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--modascope", default="build/release/modascope")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--data", help="a cohort; without it a phantom cohort is made")
    parser.add_argument("--split", default="valid")
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3])
    parser.add_argument("--methods", nargs="*", default=list(METHODS))
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--crop", type=int, default=48)
    parser.add_argument("--width", type=float, default=0.25)
    parser.add_argument("--cases", type=int, default=24, help="of the phantom cohort")
    parser.add_argument("--size", type=int, default=48, help="voxels of a phantom")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--set", action="append", default=[], help="a setting for every run")
    a = parser.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)

    data = cohort(a)
    scores, seconds, runs = {}, {}, {}
    for seed in a.seeds:
        for method in a.methods:
            done = train(a, data, method, seed)
            score = evaluate(a, data, method, seed, done["run"])
            scores.setdefault(method, []).append(score)
            seconds.setdefault(method, []).append(done["seconds"])
            runs.setdefault(method, []).append(done["run"])
            print(f"{method} seed {seed}: {done['seconds']:.0f} s, mean Dice "
                  + " ".join(f"{r} {score['mean'][r]:.3f}" for r in REGIONS),
                  file=sys.stderr, flush=True)

    words = table(scores) + [""] + subset_table(scores) + [""]
    words += ["```", differences(a, data, runs), "```", ""]
    words += [f"{m}: {statistics.mean(s):.0f} s of training a run" for m, s in seconds.items()]
    (a.out / "results.md").write_text("\n".join(words) + "\n")
    (a.out / "results.json").write_text(json.dumps(
        {"steps": a.steps, "crop": a.crop, "width": a.width, "seeds": a.seeds,
         "seconds": seconds, "runs": runs,
         "mean": {m: {r: spread([s["mean"][r] for s in ss]) for r in REGIONS}
                  for m, ss in scores.items()}}, indent=1) + "\n")
    print("\n".join(words))


if __name__ == "__main__":
    main()
