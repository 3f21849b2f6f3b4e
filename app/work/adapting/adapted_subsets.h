#pragma once

#include <string>
#include <vector>

#include "core/modality/modality.h"

namespace modascope {

/// The subsets that a request's words name: a word of gmd.subsets, or "t1+t2,flair". Throws `Error`
/// when they name none that lacks a modality.
std::vector<ModalitySet> subsetsToAdapt(const ModalitySchema& schema, const std::string& words);

}  // namespace modascope
