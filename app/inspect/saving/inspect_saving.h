#pragma once

#include <QObject>
#include <utility>
#include <vector>

#include "app/inspect/saving/export.h"
#include "app/jobs/writing_job.h"

class QAction;
class QMenu;

namespace modascope {

class InspectPage;

/// What can be written to files, as the inspect page's Save menu: the table of subsets and what the
/// view on show brings. GUI thread.
class InspectSaving : public QObject {
  Q_OBJECT

 public:
  explicit InspectSaving(InspectPage& page, QObject* parent = nullptr);

  /// In the place of what was offered before.
  void offer(std::vector<Export> exports);

 private:
  void add(QMenu& menu, const Export& one);
  void addKind(Export::Kind kind);
  void addTable();
  void addCaption();
  void save(const Export& one);
  void start(const Write& write, const std::filesystem::path& file);
  void showFailure(const QString& sentence);

  InspectPage& page_;
  bool captioned_ = true;
  std::vector<std::pair<QAction*, std::function<bool()>>> conditions_;
  std::vector<Export> exports_;
  Export::Kind underWay_ = Export::Kind::Data;  ///< of the last job
  WritingJob job_;
};

}  // namespace modascope
