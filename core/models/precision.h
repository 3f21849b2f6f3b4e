#pragma once

namespace modascope {

/// What convolutions multiply; sums, normalisation and parameters are float32 with either.
enum class Precision { Float32, BFloat16 };

}  // namespace modascope
