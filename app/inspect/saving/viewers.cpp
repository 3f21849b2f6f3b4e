#include "app/inspect/saving/viewers.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <chrono>

#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/files/cache_folder.h"
#include "core/files/paths.h"
#include "core/problem/regions/colour_tables.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

QString shown(const fs::path& path) {
  return QString::fromStdString(path.string());
}

/// A path as Python writes text: 'it\'s.nii'
QString pythonWord(const fs::path& path) {
  QString word = shown(path);
  word.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n").replace('\r', "\\r");
  return '\'' + word + '\'';
}

QStringList slicerArguments(const ViewedFiles& files) {
  const QString code =
      QStringLiteral(
          "import slicer; slicer.util.loadVolume(%1); colours = slicer.util.loadColorTable(%2); "
          "slicer.util.loadSegmentation(%3, {'colorNodeID': colours.GetID()})")
          .arg(pythonWord(files.image), pythonWord(files.slicerColours), pythonWord(files.labels));
  return {"--python-code", code};
}

QStringList itkSnapArguments(const ViewedFiles& files) {
  return {"-g", shown(files.image), "-s", shown(files.labels), "-l", shown(files.itkSnapLabels)};
}

/// What was opened long ago is not left lying about.
void removeOld(const fs::path& folder) {
  constexpr std::chrono::hours kKept{24};
  const auto now = fs::file_time_type::clock::now();
  for (const fs::path& entry : entriesOf(folder)) {
    std::error_code failed;
    const auto written = fs::last_write_time(entry, failed);
    if (!failed && now - written > kKept) fs::remove_all(entry, failed);
  }
}

fs::path freshFolder() {
  const auto cache = cacheFolder();
  if (!cache) throw Error("There is no folder for other programs' files: HOME is not set.");
  const fs::path all = *cache / "viewing";
  std::error_code failed;
  fs::create_directories(all, failed);
  removeOld(all);
  QTemporaryDir folder(shown(all / "case-XXXXXX"));  // for this user alone
  folder.setAutoRemove(false);
  if (!folder.isValid())
    throw Error(inQuotes(all) + " cannot be written to: " + folder.errorString().toStdString(),
                Fault::System);
  return folder.path().toStdString();
}

}  // namespace

std::vector<Viewer> installedViewers() {
  std::vector<Viewer> found;
  for (const Viewer& viewer :
       {Viewer{"3D Slicer", QStandardPaths::findExecutable("Slicer"), slicerArguments},
        Viewer{"ITK-SNAP", QStandardPaths::findExecutable("itksnap"), itkSnapArguments}})
    if (!viewer.program.isEmpty()) found.push_back(viewer);
  return found;
}

ViewedFiles writeForViewers(const fs::path& folder, const ViewedSegmentation& viewed) {
  ViewedFiles files{folder / "image.nii.gz", folder / "segmentation.nii.gz",
                    folder / "segmentation.ctbl", folder / "segmentation-labels.txt"};
  writeVolume(files.image, viewed.image);
  writeLabels(files.labels, viewed.labels);
  writeAtomically(files.slicerColours, slicerColourTable(viewed.regions));
  writeAtomically(files.itkSnapLabels, itkSnapLabelTable(viewed.regions));
  return files;
}

void openIn(const Viewer& viewer, const ViewedSegmentation& viewed) {
  const ViewedFiles files = writeForViewers(freshFolder(), viewed);
  if (!QProcess::startDetached(viewer.program, viewer.arguments(files)))
    throw Error(viewer.name.toStdString() + " (" + inQuotes(viewer.program.toStdString()) +
                    ") did not start. What it was to show lies in " +
                    inQuotes(files.image.parent_path()) + ".",
                Fault::System);
}

}  // namespace modascope
