#include "core/cohort/layout/case_files.h"

#include <utility>

#include "core/problem/brats.h"

namespace modascope {

CaseFiles emptyCase(std::string id, const std::filesystem::path& place) {
  CaseFiles files;
  files.id = std::move(id);
  files.place = place;
  files.modalities.resize(bratsModalities().size());
  return files;
}

}  // namespace modascope
