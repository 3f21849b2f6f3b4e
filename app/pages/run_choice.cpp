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

/// When the run was made, if its folder says so.
QDateTime madeAt(const QString& folder) {
  return QDateTime::fromString(folder.left(15), "yyyyMMdd-HHmmss");
}

/// "tour-7fb0 · step 60 of 60 · 22 Nov 16:08"
QString runWords(const RunFolder& run) {
  const RunStatus status = run.status();
  QStringList words{nameOfRun(run.path()),
                    InspectPage::tr("step %1 of %2").arg(status.step).arg(status.steps)};
  const QDateTime made = madeAt(asText(run.path().filename()));
  if (made.isValid()) words << QLocale(QLocale::English).toString(made, "d MMM HH:mm");
  return words.join("  ·  ");
}

void addRun(QComboBox& box, const RunFolder& run) {
  try {
    if (!std::filesystem::exists(run.checkpoints() / "last.safetensors")) return;
    box.addItem(runWords(run), asText(run.path()));
    box.setItemData(box.count() - 1, asText(run.path()), Qt::ToolTipRole);
  } catch (const std::exception&) {
    return;  // a folder that is no longer a run is not offered
  }
}

}  // namespace

QString nameOfRun(const std::filesystem::path& run) {
  const QString folder = asText(run.filename());
  return madeAt(folder).isValid() ? folder.mid(16) : folder;
}

void listRuns(QComboBox& box, const std::filesystem::path& folder,
              const std::filesystem::path& chosen) {
  box.clear();
  box.addItem(InspectPage::tr("No run"), QString());
  for (const RunFolder& run : listRuns(folder)) addRun(box, run);
  if (!chosen.empty() && box.findData(asText(chosen)) < 0 && std::filesystem::exists(chosen)) {
    box.addItem(nameOfRun(chosen), asText(chosen));
    box.setItemData(box.count() - 1, asText(chosen), Qt::ToolTipRole);
  }
  box.setCurrentIndex(std::max(box.findData(asText(chosen)), 0));
}

}  // namespace modascope
