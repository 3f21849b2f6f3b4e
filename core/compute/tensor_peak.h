#pragma once

#include <cstdint>
#include <functional>

namespace modascope {

/// The most bytes of main memory that tensors made by this thread during `work` took at once.
std::int64_t peakTensorBytes(const std::function<void()>& work);

}  // namespace modascope
