#include "app/pages/run_choice.h"

#include <QComboBox>
#include <QDateTime>
#include <QLocale>
#include <algorithm>

#include "app/pages/inspect_page.h"
#include "app/settings/paths.h"
#include "core/runs/run_store.h"

namespace modascope {
namespace {

/// "20261122-160805-tour-7fb0" → "tour-7fb0 · step 60 of 60 · 22 Nov 16:08"; a folder that someone
/// has named otherwise keeps its name.
QString runWords(const RunFolder& run) {
  const RunStatus status = run.status();
  const QString folder = asText(run.path().filename());
  const auto made = QDateTime::fromString(folder.left(15), "yyyyMMdd-HHmmss");
  const QString steps = InspectPage::tr("step %1 of %2").arg(status.step).arg(status.steps);
  if (!made.isValid()) return QStringList{folder, steps}.join("  ·  ");
  const QString when = QLocale(QLocale::English).toString(made, "d MMM HH:mm");
  return QStringList{folder.mid(16), steps, when}.join("  ·  ");
}

}  // namespace

void listRuns(QComboBox& box, const std::filesystem::path& folder,
              const std::filesystem::path& chosen) {
  box.clear();
  box.addItem(InspectPage::tr("No run"), QString());
  for (const RunFolder& run : listRuns(folder)) {
    try {
      if (!std::filesystem::exists(run.checkpoints() / "last.safetensors")) continue;
      box.addItem(runWords(run), asText(run.path()));
      box.setItemData(box.count() - 1, asText(run.path()), Qt::ToolTipRole);
    } catch (const std::exception&) {
      continue;  // a folder that is no longer a run is not offered
    }
  }
  box.setCurrentIndex(std::max(box.findData(asText(chosen)), 0));
}

}  // namespace modascope
