#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/models/model.h"
#include "core/tensorfile/tensors.h"

namespace modascope {

/// A tensor of F32, F64 or I64 as entry of a file.
TensorEntry entryOf(const std::string& name, const torch::Tensor& tensor);
/// F16, BF16, F32 or F64 as float32 on the host.
torch::Tensor tensorOf(const TensorEntry& entry);

/// The names of a network's parameter blocks, in the order of its layout.
std::vector<std::string> blockNames(const ParameterLayout& layout);

/// What keeps `content` from being this network's weights, a few words each: tensors that are
/// missing, have another shape, no floating-point type or values that are not finite. `names` says
/// what each block is called in the file.
std::vector<std::string> misfits(const TensorFile& content, const ParameterLayout& layout,
                                 const std::vector<std::string>& names);
/// Throws `Error` that lists the first ten misfits; nothing if there are none.
void refuse(const std::filesystem::path& file, const std::vector<std::string>& misfits);

/// One entry a block, under the names given.
TensorFile weightsOf(const MultimodalModel& model, const std::vector<std::string>& names);
/// Only after `misfits` found none.
void putWeights(const TensorFile& content, const MultimodalModel& model,
                const std::vector<std::string>& names);

}  // namespace modascope
