#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "app/jobs/inspection/inspection.h"
#include "core/base/error.h"
#include "core/problem/brats.h"

namespace modascope::testing {

/// An inspection without files and networks that answers at once. A run whose folder is called
/// "broken" cannot be opened, nor can a case of that name be read.
class MadeUpInspection : public Inspection {
 public:
  OpenedRun openRun(const std::filesystem::path& folder,
                    std::optional<std::int64_t> snapshot) override {
    if (folder.filename() == "broken") throw Error("The run is broken.");
    return {folder,
            RunManifest(bratsProblem()),
            {"", bratsModalities(), {}, {}},
            snapshot.value_or(100),
            {50},
            PatientRule()};
  }
  void closeRun() override { shown_ = 0; }

  std::shared_ptr<const InspectedCase> load(const std::shared_ptr<const Cohort>& cohort,
                                            const CaseInfo& info, std::stop_token) override {
    if (info.id == "broken") throw Error("The case is broken.");
    const auto loaded = makeCase();
    if (!loaded->available) loaded->available = cohort->problem.schema.all();
    available_ = *loaded->available;
    return loaded;
  }
  void closeCase() override { shown_ = 0; }

  void answer(const InspectionRequest& request, std::stop_token,
              InspectionListener& listener) override {
    if (shown_ != request.toShow) {
      shown_ = request.toShow;
      const auto answer = makeAnswer();
      answer->number = request.toShow;
      answer->set = request.setOf(available_);
      answer->corruption = request.corruption;
      listener.onAnswer(answer);
    }
    if (request.question) listener.onReply(std::make_shared<InspectionReply>());
  }

 protected:
  /// What a kind of data adds is added here.
  virtual std::shared_ptr<InspectedCase> makeCase() { return std::make_shared<InspectedCase>(); }
  virtual std::shared_ptr<InspectionAnswer> makeAnswer() {
    return std::make_shared<InspectionAnswer>();
  }

 private:
  std::uint64_t shown_ = 0;
  ModalitySet available_ = ModalitySet::firstOf(1);
};

/// Of the usual four modalities: cases "a" and "b", and one that is broken.
inline std::shared_ptr<const Cohort> madeUpCohort() {
  const auto cohort = std::make_shared<Cohort>(bratsProblem());
  for (const char* id : {"a", "b", "broken"}) cohort->cases.emplace_back().id = id;
  return cohort;
}

}  // namespace modascope::testing
