#include "core/compute/tensor_peak.h"

#include <algorithm>
#include <memory>

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

namespace modascope {
namespace {

/// The library's versions differ in this type.
template <typename Total>
Total totalOf(void (c10::MemoryReportingInfoBase::*)(void*, std::int64_t, Total, Total,
                                                     c10::Device));
using Total = decltype(totalOf(&c10::MemoryReportingInfoBase::reportMemoryUsage));

class Meter : public c10::MemoryReportingInfoBase {
 public:
  /// Negative where a tensor goes.
  void reportMemoryUsage(void* /*address*/, std::int64_t bytes, Total /*allocated*/,
                         Total /*reserved*/, c10::Device device) override {
    if (!device.is_cpu()) return;
    now_ += bytes;
    peak_ = std::max(peak_, now_);
  }
  bool memoryProfilingEnabled() const override { return true; }

  std::int64_t peak() const { return peak_; }

 private:
  std::int64_t now_ = 0;
  std::int64_t peak_ = 0;
};

}  // namespace

std::int64_t peakTensorBytes(const std::function<void()>& work) {
  const auto meter = std::make_shared<Meter>();
  const c10::DebugInfoGuard guard(c10::DebugInfoKind::PROFILER_STATE, meter);
  work();
  return meter->peak();
}

}  // namespace modascope
