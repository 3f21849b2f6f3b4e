#include "core/problem/brats.h"

namespace modascope {
namespace {

constexpr auto kNecrosis = static_cast<std::uint8_t>(Tissue::Necrosis);
constexpr auto kOedema = static_cast<std::uint8_t>(Tissue::Oedema);
constexpr auto kEnhancing = static_cast<std::uint8_t>(Tissue::Enhancing);

}  // namespace

const ModalitySchema& bratsModalities() {
  static const ModalitySchema schema(
      {{"t1", "T1"}, {"t1ce", "T1ce"}, {"t2", "T2"}, {"flair", "FLAIR"}});
  return schema;
}

const RegionSchema& bratsRegions() {
  static const RegionSchema schema(
      {{kNecrosis, "NCR"}, {kOedema, "ED"}, {kEnhancing, "ET"}},
      {{"wt", "WT", "whole tumour", {kNecrosis, kOedema, kEnhancing}, usualColour(0)},
       {"tc", "TC", "tumour core", {kNecrosis, kEnhancing}, usualColour(1)},
       {"et", "ET", "enhancing tumour", {kEnhancing}, usualColour(2)}});
  return schema;
}

const Problem& bratsProblem() {
  static const Problem problem = volumeProblem(bratsModalities(), bratsRegions());
  return problem;
}

}  // namespace modascope
