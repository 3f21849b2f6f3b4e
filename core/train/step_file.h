#pragma once

#include <filesystem>

#include "core/config/run_config.h"
#include "core/data/sampler.h"
#include "core/models/model.h"
#include "core/train/gradient_method.h"

namespace modascope {

/// One optimisation step, complete, so that anyone can compute it again elsewhere. Tensors of the
/// safetensors file:
///
///     batch.x [N, M, D, H, W]    batch.y [N, K, D, H, W]   float32
///     batch.available [N, M]     subsets [S, M]            1 where it has the modality
///     parameter.<name>           before the step; gradient.<name>: what the optimiser gets
///     losses [S]  weights [S]    gram [S, S]  order [S, S]  coefficients [S, S]   (the last three
///                                with gmd; row i of `order` lists the j taken out of g_i)
///
/// The metadata name the modalities, the outputs, the method and the settings as TOML.
void writeStepFile(const std::filesystem::path& file, const RunConfig& config, const Batch& batch,
                   const MultimodalModel& model, const StepGradient& step);

}  // namespace modascope
