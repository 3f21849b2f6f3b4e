#!/usr/bin/env python3
"""Turns a pickle of CMU-MOSI, CMU-MOSEI or CH-SIMS features into an HDF5 file for Modascope.

Understood are the files that go around for multimodal sentiment analysis: aligned_50.pkl and
unaligned_50.pkl of MMSA, and mosi_data.pkl and mosei_senti_data.pkl of MulT. Each is a dictionary
of the splits train, valid and test, with text, audio, vision and labels.

A pickle can run any program when it is opened. This one opens numbers and text only and refuses
the rest; --trust opens everything: use it for files from people whom you trust.

Numbers that are not finite, as there are in the audio of MOSI, are written as they are: Modascope
takes them for the mean and says how many there were.
"""

import argparse
import os
import pickle
import sys

try:
    import h5py
    import numpy as np
except ImportError as missing:
    sys.exit(f"{missing.name} is not installed; on Debian: apt install python3-h5py python3-numpy")

SPLITS = {"train": ("train",), "valid": ("valid", "val", "dev"), "test": ("test",)}
LABELS = ("regression_labels", "labels")
IDS = ("id", "ids")
TEXTS = ("raw_text", "raw_texts")


class Refused(Exception):
    """A sentence for the user."""


class NumbersAndText(pickle.Unpickler):
    """What arrays, scalars, lists and text are made of, and nothing that could act."""

    allowed = {
        ("numpy", "dtype"), ("numpy", "ndarray"),
        ("numpy.core.multiarray", "_reconstruct"), ("numpy.core.multiarray", "scalar"),
        ("numpy._core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "scalar"),
        ("numpy.core.numeric", "_frombuffer"), ("numpy._core.numeric", "_frombuffer"),
        ("_codecs", "encode"), ("collections", "OrderedDict"),
    }

    def find_class(self, module, name):
        if (module, name) in self.allowed:
            return super().find_class(module, name)
        raise Refused(f"it wants {module}.{name}, which is neither numbers nor text. If you trust "
                      "where the file comes from, say --trust")


def load(path, trust):
    reader = pickle.Unpickler if trust else NumbersAndText
    try:
        with open(path, "rb") as file:
            data = reader(file, encoding="latin1").load()
    except OSError as error:
        raise Refused(f"it cannot be opened: {error.strerror}") from None
    except (pickle.UnpicklingError, EOFError, ValueError, IndexError, KeyError) as error:
        raise Refused(f"it is no pickle, or it is cut short ({error})") from None
    if not isinstance(data, dict):
        raise Refused(f"it holds a {type(data).__name__}; a dictionary of splits is expected")
    return data


def first_of(split, names):
    return next((name for name in names if name in split), None)


def numbers(split, name, where, kind):
    if name not in split:
        raise Refused(f"{where} has no {name}; it has {', '.join(map(str, split))}")
    try:
        return np.asarray(split[name], dtype=kind)
    except (TypeError, ValueError):
        raise Refused(f"{where}: {name} does not hold numbers, or rows of different length") from None


def as_text(value):
    """MulT names a sample by three parts: video, start and end."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple, np.ndarray)):
        return "_".join(as_text(part) for part in np.asarray(value).reshape(-1))
    return str(value)


def labels_of(split, where, wanted):
    name = wanted or first_of(split, LABELS)
    if name is None:
        raise Refused(f"{where} has neither {' nor '.join(LABELS)}; --labels says which to take")
    values = numbers(split, name, where, np.float32)
    count = values.shape[0] if values.ndim else 0
    if values.size != count or count == 0:
        raise Refused(f"{where}: {name} has the shape {values.shape}; one value a sample is expected")
    values = values.reshape(count)
    return values.astype(np.int32) if "classification" in name else values


def modality_of(split, name, where, count):
    values = numbers(split, name, where, np.float32)
    if values.ndim not in (2, 3) or values.shape[0] != count:
        raise Refused(f"{where}: {name} has the shape {values.shape}; [{count}, numbers] or "
                      f"[{count}, steps, numbers] is expected")
    return values


def texts_of(split, names, where, count):
    name = first_of(split, names)
    if name is None:
        return None
    values = [as_text(value) for value in split[name]]
    if len(values) != count:
        raise Refused(f"{where}: {name} has {len(values)} entries for {count} samples")
    return values


def write_split(group, split, where, options):
    if not isinstance(split, dict):
        raise Refused(f"{where} is a {type(split).__name__}; a dictionary of arrays is expected")
    labels = labels_of(split, where, options.labels)
    group["labels"] = labels
    for name in options.modalities:
        values = modality_of(split, name, where, len(labels))
        group.create_dataset(name, data=values, compression="gzip", compression_opts=4, shuffle=True)
        odd = int(values.size - np.isfinite(values).sum())
        note = f", {odd} numbers not finite" if odd else ""
        print(f"/{where}/{name}: {' x '.join(map(str, values.shape))}{note}")
    for target, names in (("ids", IDS), ("raw_text", TEXTS)):
        values = texts_of(split, names, where, len(labels))
        if values is not None:
            group.create_dataset(target, data=values, dtype=h5py.string_dtype())


def convert(options):
    if os.path.exists(options.output):
        sys.exit(f"{options.output} is there already; it is not written over.")
    data = load(options.pickle, options.trust)
    found = {name: first_of(data, keys) for name, keys in SPLITS.items()}
    if found["train"] is None:
        raise Refused(f"it has no split train; it has {', '.join(map(str, data)) or 'nothing'}")
    unfinished = options.output + ".part"
    try:
        with h5py.File(unfinished, "w") as file:
            file.attrs["modalities"] = ",".join(options.modalities)
            for name, key in found.items():
                if key is not None:
                    write_split(file.create_group(name), data[key], name, options)
        os.replace(unfinished, options.output)
    finally:
        if os.path.exists(unfinished):
            os.remove(unfinished)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pickle", help="the file to read, such as unaligned_50.pkl")
    parser.add_argument("output", help="the file to write, such as mosi.h5")
    parser.add_argument("--modalities", default="text,audio,vision",
                        type=lambda text: [name.strip() for name in text.split(",") if name.strip()],
                        help="which ones, in which order (default: text,audio,vision)")
    parser.add_argument("--labels", help="which labels (default: regression_labels, else labels); "
                                         "classification_labels makes it a classification")
    parser.add_argument("--trust", action="store_true",
                        help="open a pickle that holds more than numbers and text: it may run any "
                             "program")
    options = parser.parse_args()
    if options.trust:
        print(f"{options.pickle} may run any program now, because of --trust.", file=sys.stderr)
    try:
        convert(options)
    except Refused as refusal:
        sys.exit(f"{options.pickle}: {refusal}.")
    except OSError as error:
        sys.exit(f"{options.output} cannot be written: {error}.")


if __name__ == "__main__":
    main()
