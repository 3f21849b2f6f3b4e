#include "core/volume/label_profile.h"

#include "core/problem/brats.h"

namespace modascope {
namespace {

ProfileChoice overruled(LabelProfile profile, const std::string& found) {
  return {profile, found + ", so they were read as " + std::string(labelOf(profile)) + "."};
}

ProfileChoice settleUnnamed(bool has3, bool has4) {
  if (has3 && has4) return overruled(LabelProfile::Brats2024, "its labels hold both 3 and 4");
  if (has3) {
    return overruled(LabelProfile::Brats2023,
                     "labels 1, 2, 3 alone do not tell BraTS 2023 from MSD / nnU-Net");
  }
  return {LabelProfile::Brats2021, {}};
}

}  // namespace

ProfileChoice settleProfile(std::optional<LabelProfile> byName, const LabelCounts& counts) {
  const bool has3 = counts.contains(3);
  const bool has4 = counts.contains(4);
  if (!byName) return settleUnnamed(has3, has4);
  const std::string named =
      "its name says " + std::string(labelOf(*byName)) + ", but its labels hold ";
  if (*byName == LabelProfile::Brats2021 && has3 && !has4) {
    return overruled(LabelProfile::Brats2023, named + "3 and no 4");
  }
  if (*byName == LabelProfile::Brats2023 && has3 && has4) {
    return overruled(LabelProfile::Brats2024, named + "both 3 and 4");
  }
  if ((*byName == LabelProfile::Brats2023 || *byName == LabelProfile::Msd) && has4 && !has3) {
    return overruled(LabelProfile::Brats2021, named + "4 and no 3");
  }
  return {*byName, {}};
}

std::optional<std::uint8_t> tissueOf(LabelProfile profile, std::int64_t value) {
  if (profile == LabelProfile::Brats2024 && value == 4)
    return std::uint8_t{0};  // cavity: no tumour
  for (const Tissue tissue :
       {Tissue::Background, Tissue::Necrosis, Tissue::Oedema, Tissue::Enhancing}) {
    const auto ours = static_cast<std::uint8_t>(tissue);
    if (valueIn(profile, ours) == value) return ours;
  }
  return std::nullopt;
}

}  // namespace modascope
