"""Writes a plain PyTorch network's weights and what it says of one batch as safetensors.

    peer_weights.py FOLDER_OF_THE_NETWORK FOLDER_TO_WRITE_TO
Exits with 77 where PyTorch is not installed.
"""
import json
import struct
import sys

try:
    import torch
except ImportError:
    sys.exit(77)

sys.path.insert(0, sys.argv[1])
from peer_gmd import UNet


def write(path, tensors):
    header, data = {}, b''
    for name, tensor in tensors.items():
        raw = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {'dtype': 'F32', 'shape': list(tensor.shape),
                        'data_offsets': [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text + data)


torch.manual_seed(5)
net = UNet(0.5)
for p in net.parameters():  # affines that differ between modalities
    p.data += 0.05 * torch.randn_like(p)
x = torch.randn(2, 4, 16, 16, 16)
write(sys.argv[2] + '/peer.safetensors', net.state_dict())
with torch.no_grad():
    write(sys.argv[2] + '/seen.safetensors', {'x': x, 'logits': torch.stack(net(x))})
