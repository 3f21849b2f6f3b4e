#!/usr/bin/env python3
"""Computes a step written by `modascope step` again, with plain PyTorch in double precision.

    modascope step --out step.safetensors --set train.crop=32
    tests/bench/check_step.py step.safetensors --peer peer_gmd.py

`--peer` names a Python file with the network `UNet(width, modalities, classes)` that answers with
one tensor of logits a modality. Prints one line of JSON; exit code 0 when losses agree to 1e-5 and
the gradient's cosine is at least 0.99999.
"""
import argparse
import importlib.util
import json
import re
import struct
import sys

import torch
import torch.nn.functional as F

DTYPES = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64}


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        body = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        dtype = DTYPES[entry["dtype"]]
        count = (end - begin) // torch.empty(0, dtype=dtype).element_size()
        flat = torch.frombuffer(body, dtype=dtype, offset=begin, count=count)
        tensors[name] = flat.reshape(entry["shape"]).clone()
    return tensors, metadata


def load_network(peer, tensors, metadata, width):
    spec = importlib.util.spec_from_file_location("peer", peer)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    keys = metadata["modascope.modalities"].split(",")
    net = module.UNet(width, len(keys), len(metadata["modascope.outputs"].split(","))).double()
    state = {}
    for name in net.state_dict():
        ours = re.sub(r"\.norm\.(\d+)\.", lambda m: f".norm.{keys[int(m.group(1))]}.", name)
        state[name] = tensors["parameter." + ours].double()
    net.load_state_dict(state)
    names = [re.sub(r"\.norm\.(\d+)\.", lambda m: f".norm.{keys[int(m.group(1))]}.", name)
             for name, _ in net.named_parameters()]
    return net, names


def subset_loss(logits, target, kind):
    p = logits.sigmoid()
    dims = [0] + list(range(2, logits.dim()))
    both, ps, ts = (p * target).sum(dims), p.sum(dims), target.sum(dims)
    loss = (1 - (2 * both + 1) / (ps + ts + 1)).mean()
    if kind == "dice+bce":
        loss = loss + F.binary_cross_entropy_with_logits(logits, target)
    return loss


def subset_rows(net, tensors, kind):
    """Losses [S], gradients [S, P] and a mask of what each loss reaches [S, P]."""
    x, y = tensors["batch.x"].double(), tensors["batch.y"].double()
    branches, parameters = net(x), list(net.parameters())
    losses, rows, reached = [], [], []
    for subset in tensors["subsets"]:
        members = subset.nonzero().flatten().tolist()
        has_all = [n for n in range(x.size(0))
                   if all(tensors["batch.available"][n, m] for m in members)]
        logits = torch.stack([branches[m] for m in members]).mean(0)
        loss = subset_loss(logits[has_all], y[has_all], kind)
        gradients = torch.autograd.grad(loss, parameters, retain_graph=True, allow_unused=True)
        losses.append(loss.item())
        rows.append(torch.cat([(torch.zeros_like(p) if g is None else g).flatten()
                               for p, g in zip(parameters, gradients)]))
        reached.append(torch.cat([torch.full((p.numel(),), g is not None)
                                  for p, g in zip(parameters, gradients)]))
    return torch.tensor(losses, dtype=torch.float64), torch.stack(rows), torch.stack(reached)


def decoupled(rows, reached, order, merge):
    projected = []
    for i, row in enumerate(rows):
        row = row.clone()
        for j in order[i].tolist():
            dot, square = row @ rows[j], rows[j] @ rows[j]
            if dot < 0 and square > 0:
                row -= dot / square * rows[j]
        projected.append(row)
    projected = torch.stack(projected)
    shared = reached.all(0) if merge == "mean" else torch.zeros_like(reached[0])
    return torch.where(shared, projected.mean(0), projected.sum(0))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--peer", required=True)
    arguments = parser.parse_args()

    tensors, metadata = read_safetensors(arguments.file)
    config = metadata["modascope.config"]

    def setting(section, key, default):
        found = re.search(rf"\[{section}\][^\[]*?^{key}\s*=\s*(.+?)\s*$", config, re.M | re.S)
        return found.group(1).strip("'\"") if found else default

    net, names = load_network(arguments.peer, tensors, metadata,
                              float(setting("model", "width", "0.25")))
    losses, rows, reached = subset_rows(net, tensors, setting("train", "loss", "dice+bce"))
    if "order" in tensors:
        merged = decoupled(rows, reached, tensors["order"], setting("gmd", "merge", "mean"))
    else:
        merged = (tensors["weights"][:, None] * rows).sum(0)
    theirs = torch.cat([tensors["gradient." + name].double().flatten() for name in names])
    answer = {"loss_error": (losses - tensors["losses"]).abs().max().item(),
              "cosine": F.cosine_similarity(merged, theirs, dim=0).item(),
              "length_ratio": (theirs.norm() / merged.norm()).item()}
    if "gram" in tensors:
        gram = rows @ rows.t()
        answer["gram_error"] = ((gram - tensors["gram"]).norm() / gram.norm()).item()
    print(json.dumps(answer))
    good = (answer["loss_error"] < 1e-5 and answer["cosine"] > 0.99999
            and abs(answer["length_ratio"] - 1) < 1e-3)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
