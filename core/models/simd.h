#pragma once

/// Put before a plain loop function: the compiler makes a version for each width of vector unit and
/// the program picks at start, so that one package runs everywhere at full speed.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define MODASCOPE_VECTORISED __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define MODASCOPE_VECTORISED
#endif
