#pragma once

#include <new>
#include <string>

#include <c10/util/Exception.h>

#include "core/base/error.h"

namespace modascope {

inline Error notEnoughMemory(const std::string& advice) {
  return Error("There is not enough memory. " + advice, Fault::System);
}

/// A tensor library's error as a sentence of ours: lack of memory by name and with what to lower,
/// anything else in its own words without the backtrace.
inline Error fromTorch(const c10::Error& error, const std::string& advice) {
  const std::string words = error.what_without_backtrace();
  const bool memory = words.find("allocate memory") != std::string::npos ||
                      words.find("out of memory") != std::string::npos;
  if (memory) return notEnoughMemory(advice);
  return Error("The tensor library reports: " + words.substr(0, words.find('\n')), Fault::System);
}

/// Calls `work()` and turns the tensor library's errors, and lack of memory, into ours. `advice`:
/// what to do where memory is short.
template <typename Work>
auto withTorchErrors(Work work,
                     const std::string& advice = "Lower train.crop, train.batch or model.width.") {
  try {
    return work();
  } catch (const c10::Error& error) {
    throw fromTorch(error, advice);
  } catch (const std::bad_alloc&) {
    throw notEnoughMemory(advice);
  }
}

}  // namespace modascope
