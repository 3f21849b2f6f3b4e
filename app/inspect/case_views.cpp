#include "app/inspect/case_views.h"

#include <stdexcept>

#include "app/inspect/features/features_view.h"
#include "app/inspect/pictures/pictures_view.h"
#include "app/inspect/volumes/volumes_view.h"
#include "core/problem/task_facts.h"

namespace modascope {

CaseViews::CaseViews(InspectPage& page, const AppSettings& settings, MakeInspection makeInspection)
    : page_(page), settings_(settings), makeInspection_(std::move(makeInspection)) {}

template <typename View>
CaseView& CaseViews::made(std::unique_ptr<CaseView>& view, Task task) {
  if (view) return *view;
  view = std::make_unique<View>(page_, makeInspection_(task));
  view->restoreLooks(settings_);
  return *view;
}

CaseView& CaseViews::of(Task task) {
  switch (factsOf(task).data) {
    case DataKind::Volumes:
      return made<VolumesView>(volumes_, task);
    case DataKind::Pictures:
      return made<PicturesView>(pictures_, task);
    case DataKind::Features:
      return made<FeaturesView>(features_, task);
  }
  throw std::logic_error("no view shows this task");
}

std::vector<const CaseView*> CaseViews::all() const {
  std::vector<const CaseView*> views;
  for (const auto* view : {&volumes_, &pictures_, &features_})
    if (*view) views.push_back(view->get());
  return views;
}

}  // namespace modascope
