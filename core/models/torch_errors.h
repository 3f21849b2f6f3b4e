#pragma once

#include <c10/util/Exception.h>

#include <string>

#include "core/base/error.h"

namespace modascope {

/// A tensor library's error as a sentence of ours: lack of memory by name and with what to lower,
/// anything else in its own words without the backtrace.
inline Error fromTorch(const c10::Error& error) {
  const std::string words = error.what_without_backtrace();
  const bool memory = words.find("allocate memory") != std::string::npos ||
                      words.find("out of memory") != std::string::npos;
  if (memory)
    return Error("There is not enough memory. Lower train.crop, train.batch or model.width.",
                 Fault::System);
  return Error("The tensor library reports: " + words.substr(0, words.find('\n')), Fault::System);
}

/// Calls `work()` and turns the tensor library's errors into ours.
template <typename Work>
auto withTorchErrors(Work work) {
  try {
    return work();
  } catch (const c10::Error& error) {
    throw fromTorch(error);
  }
}

}  // namespace modascope
