#pragma once

#include <string>

#include <torch/types.h>

namespace modascope {

/// "auto" (a GPU if there is one), "cpu" or "cuda:0". Throws `Error` when it is not there.
torch::Device chooseDevice(const std::string& name);
/// For the calling thread's tensor work; 0 = all cores that it may use. Matrix products stay in
/// the thread that asks for them; networks share out their work above them.
void setThreads(std::int64_t threads);
/// Of the tensor library, for the manifest.
std::string torchVersion();

}  // namespace modascope
