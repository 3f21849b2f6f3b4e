#pragma once

#include <QObject>
#include <filesystem>
#include <functional>
#include <vector>

#include "app/inspect/captioned_figure.h"
#include "app/jobs/writing_job.h"
#include "core/problem/task.h"

class QAction;
class QMenu;

namespace modascope {

class InspectController;
class InspectPage;

/// What the inspect page can write to files, as its Save menu: what applies to the task is there,
/// and can be chosen when there is something to write. GUI thread.
class InspectSaving : public QObject {
  Q_OBJECT

 public:
  InspectSaving(InspectPage& page, const InspectController& controller, QObject* parent = nullptr);

 private:
  using Applies = bool (*)(Task);
  /// Shown where it applies to the task, and can be chosen where there is something to write.
  struct Entry {
    QAction* action;
    Applies applies;
    std::function<bool()> ready = {};  ///< empty: always
  };
  void addPictures(QMenu& menu);
  void addNumbers(QMenu& menu);
  void offer();
  Caption wanted() const;
  QAction* laterEntry(QMenu& menu, const QString& words, const QString& name, const QString& filter,
                      Write (*writeOf)(const InspectController&));

  InspectPage& page_;
  const InspectController& controller_;
  QAction* caption_ = nullptr;
  std::vector<Entry> entries_;
  WritingJob job_;
};

/// The visible slices with legend, colour bar and letters, and beneath them on request the set that
/// they were made from: PNG, SVG or PDF as the name ends. The case's name is left out.
void saveSlices(const std::filesystem::path& file, const InspectPage& page,
                Caption caption = Caption::With);
/// The 3D view likewise, with `scale` dots each way for each of the screen.
void saveScene(const std::filesystem::path& file, const InspectPage& page, int scale,
               Caption caption = Caption::With);
/// One file a region that is not empty: "tumour.stl" becomes "tumour_wt.stl" and so on, all of them
/// new.
void saveSurfaces(const std::filesystem::path& file, const InspectPage& page);

/// What is on show now, as labels on the grid of the case's own files, in their numbering.
Write writeOfSegmentation(const InspectController& controller);
/// Maps, strongest modality and JSON of what is explained now, in a new folder.
Write writeOfAttribution(const InspectController& controller);

}  // namespace modascope
