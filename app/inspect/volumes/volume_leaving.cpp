#include "app/inspect/volumes/volume_leaving.h"

#include <QFileDialog>

#include "app/inspect/inspect_page.h"
#include "app/inspect/volumes/volumes_view.h"
#include "core/base/error.h"
#include "core/dicom/dicom_segments.h"
#include "core/dicom/seg_writing.h"
#include "core/dicom/series_labels.h"
#include "core/volume/resample.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuseNothing() {
  throw Error("Nothing is predicted yet: open a run and a case.");
}

/// Of the set on show; all of a case that is on show has one.
const Volume& firstImage(const Case& patient, ModalitySet set) {
  for (std::size_t i = 0; i < patient.modalities.size(); ++i)
    if (patient.modalities[i] && set.contains(ModalityId(i))) return *patient.modalities[i];
  throw Error("No image of the set on show is there.");
}

/// The folder that is chosen, then the write; nothing where none is.
Write askForSeries(const VolumesView& view, InspectPage& page) {
  const auto write = writeOfDicom(view);
  const QString folder = QFileDialog::getExistingDirectory(
      &page, VolumesView::tr("The DICOM series that the case was made from"));
  if (folder.isEmpty()) return {};
  return write(folder.toStdString());
}

}  // namespace

std::function<Write(const fs::path&)> writeOfDicom(const VolumesView& view) {
  const auto segmentation = view.segmentation();
  if (!segmentation || !view.run())
    return [](const fs::path&) -> Write { return [](const fs::path&) { refuseNothing(); }; };
  const OpenedRun& run = *view.run();
  const DicomSegSource source{run.manifest.problem.regions,
                              algorithmName(run.folder, run.model.kind, run.step)};
  return [segmentation, source](const fs::path& folder) -> Write {
    return [segmentation, source, folder](const fs::path& file) {
      const DicomSeries series = readDicomSeries(folder);
      writeDicomSeg(file, series, labelsOnSeries(*segmentation->labels, series), source);
    };
  };
}

Write openingIn(const VolumesView& view, const Viewer& viewer) {
  const auto segmentation = view.segmentation();
  const auto patient = view.patient();
  const auto set = view.shown();
  if (!segmentation || !patient || !set) return [](const fs::path&) { refuseNothing(); };
  return [segmentation, patient, set, viewer,
          regions = view.widgets().tiles->regions()](const fs::path&) {
    const VoxelGrid& grid = patient->sourceGrid;
    openIn(viewer, {resampleImage(firstImage(*patient, *set), grid),
                    resampleLabels(*segmentation->labels, grid), regions});
  };
}

std::vector<Export> leavingExports(const VolumesView& view, InspectPage& page) {
  const auto ready = [&view] { return view.segmentation() != nullptr; };
  std::vector<Export> all{{Export::Kind::Data, VolumesView::tr("Segmentation as DICOM SEG…"),
                           VolumesView::tr("Segmentation.dcm"), VolumesView::tr("DICOM (*.dcm)"),
                           [&view, &page](Caption) { return askForSeries(view, page); }, ready}};
  for (const Viewer& viewer : installedViewers())
    all.push_back({Export::Kind::Opening, VolumesView::tr("Open in %1").arg(viewer.name), QString(),
                   QString(), [&view, viewer](Caption) { return openingIn(view, viewer); }, ready});
  return all;
}

}  // namespace modascope
