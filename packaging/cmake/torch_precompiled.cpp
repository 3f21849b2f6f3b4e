// Exists so that the torch header is compiled once and shared by every target that uses torch.
