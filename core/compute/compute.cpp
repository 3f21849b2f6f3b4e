#include "core/compute/compute.h"

#include <ATen/Parallel.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include "core/base/error.h"
#include "core/system/own_program.h"
#include "core/system/usable_cores.h"

namespace modascope {
namespace {

/// OpenBLAS has threads of its own beside the tensor library's and waits for them by yielding:
/// where anything else runs, every product then takes a time slice.
void keepBlasInItsCaller() {
  using SetThreads = void (*)(int);
  if (void* found = functionNamed("openblas_set_num_threads"))
    reinterpret_cast<SetThreads>(found)(1);
}

}  // namespace

torch::Device chooseDevice(const std::string& name) {
  if (name == "cpu") return torch::kCPU;
  if (name == "auto") return torch::cuda::is_available() ? torch::Device("cuda:0") : torch::kCPU;
  const auto count = static_cast<int>(torch::cuda::device_count());
  for (int i = 0; i < count; ++i)
    if (name == "cuda:" + std::to_string(i))
      return torch::Device(torch::kCUDA, static_cast<c10::DeviceIndex>(i));
  throw Error("compute.device is '" + name + "', but this machine and this build offer " +
              (count == 0 ? std::string("cpu only") : std::to_string(count) + " CUDA device(s)") +
              ".");
}

void setThreads(std::int64_t threads) {
  at::set_num_threads(static_cast<int>(threads > 0 ? threads : usableCores()));
  keepBlasInItsCaller();
}

std::string torchVersion() {
  return TORCH_VERSION;
}

}  // namespace modascope
