#pragma once

#include <memory>
#include <vector>

#include "app/inspect/case_view.h"
#include "app/jobs/inspection/inspection_factory.h"

namespace modascope {

/// The views of a page, one for each kind of data, made when they are first wanted.
class CaseViews {
 public:
  /// They look as the settings say.
  CaseViews(InspectPage& page, const AppSettings& settings, MakeInspection makeInspection);

  /// The view of the kind of data that this task is about.
  CaseView& of(Task task);
  /// Those that were made.
  std::vector<const CaseView*> all() const;

 private:
  template <typename View>
  CaseView& made(std::unique_ptr<CaseView>& view, Task task);

  InspectPage& page_;
  const AppSettings& settings_;
  MakeInspection makeInspection_;
  std::unique_ptr<CaseView> volumes_;
  std::unique_ptr<CaseView> pictures_;
  std::unique_ptr<CaseView> features_;
};

}  // namespace modascope
