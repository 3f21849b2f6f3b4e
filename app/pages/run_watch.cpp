#include "app/pages/run_watch.h"

#include <QSet>

#include "app/settings/path_text.h"

namespace modascope {
namespace {

constexpr int kCalmMs = 500;
constexpr qsizetype kMost = 1000;  ///< folders; a system has a limit

bool goesOn(RunState state) {
  return state != RunState::Finished && state != RunState::Failed && state != RunState::Interrupted;
}

}  // namespace

RunWatch::RunWatch(QObject* parent) : QObject(parent) {
  calm_.setSingleShot(true);
  calm_.setInterval(kCalmMs);
  connect(&files_, &QFileSystemWatcher::directoryChanged, this, [this] {
    if (!calm_.isActive()) calm_.start();
  });
  connect(&calm_, &QTimer::timeout, this, &RunWatch::changed);
}

void RunWatch::watch(const std::filesystem::path& folder, const std::vector<RunSummary>& runs) {
  QSet<QString> wanted{asText(folder)};
  for (const RunSummary& run : runs) {
    if (wanted.size() >= kMost) break;
    wanted << asText(run.folder.parent_path());
    if (goesOn(run.status.state)) wanted << asText(run.folder);
  }
  const QStringList now = files_.directories();
  const QSet<QString> before(now.begin(), now.end());
  if (const auto gone = before - wanted; !gone.isEmpty()) files_.removePaths(gone.values());
  for (const QString& path : wanted - before) files_.addPath(path);
}

}  // namespace modascope
