// Exists so that a header is compiled once and shared by every target that uses it.
