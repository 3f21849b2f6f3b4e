#include "core/cohort/cohort.h"

#include <algorithm>
#include <cstdlib>

namespace modascope {
std::string_view keyOf(Presence presence) {
  switch (presence) {
    case Presence::Present:
      return "present";
    case Presence::Absent:
      return "absent";
    case Presence::Unreadable:
      return "unreadable";
  }
  std::abort();
}

std::string_view keyOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::Ok:
      return "ok";
    case Verdict::Warn:
      return "warn";
    case Verdict::Excluded:
      return "excluded";
  }
  std::abort();
}

std::optional<ModalitySet> CaseInfo::available() const {
  std::uint8_t bits = 0;
  for (std::size_t i = 0; i < modalities.size(); ++i) {
    if (modalities[i].presence == Presence::Present) bits |= static_cast<std::uint8_t>(1u << i);
  }
  return ModalitySet::fromBits(bits);
}

const CaseInfo* Cohort::find(const std::string& id) const {
  const auto found =
      std::find_if(cases.begin(), cases.end(), [&](const CaseInfo& info) { return info.id == id; });
  return found == cases.end() ? nullptr : &*found;
}

}  // namespace modascope
