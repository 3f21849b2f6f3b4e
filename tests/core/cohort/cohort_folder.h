#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/cohort/cohort.h"
#include "tests/core/volume/nifti_file.h"

namespace modascope::testing {

/// What opening the folder complains of.
inline std::string complaint(const std::filesystem::path& path) {
  try {
    openCohort(path);
    return {};
  } catch (const Error& error) {
    return error.what();
  }
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline bool anyContains(const std::vector<std::string>& notes, const std::string& part) {
  return std::any_of(notes.begin(), notes.end(),
                     [&](const std::string& note) { return contains(note, part); });
}

inline NiftiFile labels(const std::vector<std::uint8_t>& values) {
  NiftiFile file;
  file.datatype = 2;
  std::vector<std::uint8_t> voxels(8, 0);
  std::copy(values.begin(), values.end(), voxels.begin());
  file.setVoxels<std::uint8_t>({2, 2, 2}, voxels);
  return file;
}

/// A folder of made-up cases, a fresh one for every test function.
class CohortFolder : public QObject {
 protected:
  void renew() { folder_ = std::make_unique<QTemporaryDir>(); }
  std::filesystem::path root() const { return folder_->path().toStdString(); }
  void image(const std::string& name) const { numberedCube(2).save(root() / name); }
  /// A complete case named as in 2018–2021.
  void completeCase(const std::string& place, const std::string& id) const {
    for (const char* suffix : {"_t1.nii", "_t1ce.nii", "_t2.nii", "_flair.nii"}) {
      image(place + id + "/" + id + suffix);
    }
    labels({1, 2, 4}).save(root() / (place + id) / (id + "_seg.nii"));
  }

 private:
  std::unique_ptr<QTemporaryDir> folder_;
};

}  // namespace modascope::testing
