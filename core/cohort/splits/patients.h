#pragma once

#include <memory>
#include <string>

#include "core/problem/task.h"

namespace modascope {

/// Whose a case is, by its id alone: time points of one patient, segments of one speaker.
class PatientRule {
 public:
  /// `words` are those of data.patient: "auto", "case", or a regular expression whose one group is
  /// the patient (an id that it does not match is a patient by itself). Throws `Error` when they
  /// are none of these.
  explicit PatientRule(const std::string& words = "auto");

  bool isAuto() const { return words_ == "auto"; }
  std::string patientOf(const std::string& id, Task task) const;

 private:
  struct Pattern;

  std::string words_;
  std::shared_ptr<const Pattern> pattern_;  ///< null unless the words are one
};

}  // namespace modascope
