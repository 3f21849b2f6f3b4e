#pragma once

#include <filesystem>

namespace modascope {

/// Whether a file or folder bears a name that systems leave behind and nobody means as data: hidden
/// ones (`._case_t1.nii.gz`, `.DS_Store`, `.ipynb_checkpoints`), `__MACOSX`, `Thumbs.db` and the
/// like. Only the last part of the path counts, so whoever walks through folders asks at each.
bool isLeftover(const std::filesystem::path& path);

}  // namespace modascope
