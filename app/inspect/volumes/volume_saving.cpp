#include "app/inspect/volumes/volume_saving.h"

#include <algorithm>

#include "app/inspect/volumes/volume_leaving.h"
#include "app/inspect/volumes/volumes_view.h"
#include "app/work/demonstrating/make_demo.h"
#include "app/work/looking/case_attribution.h"
#include "app/work/trained_run.h"
#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/files/paths.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"
#include "widgets/scene/scene_view.h"
#include "widgets/scene/stl_file.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr int kFine = 3;         // dots each way a pixel
constexpr int kFinestScene = 4;  // likewise

RegionKey regionKeyOf(const TileGrid& tiles) {
  return {tiles.regions(), tiles.regionColours()};
}

Export sceneExport(const VolumesView& view, const InspectPage& page, int scale) {
  Export one = figureExport(VolumesView::tr("%1 × as fine as the screen…").arg(scale),
                            VolumesView::tr("Scene.png"),
                            [&view, &page, scale](const fs::path& file, Caption caption) {
                              saveScene(file, view, page, scale, caption);
                            });
  one.menu = VolumesView::tr("3D view as a picture");
  return one;
}

/// "Surfaces_wt.stl" of "Surfaces.stl".
fs::path fileOf(const Region& region, const fs::path& file) {
  return file.parent_path() / (file.stem().string() + "_" + region.key + ".stl");
}

void writeSurfaces(const fs::path& file, const SurfaceSet& surfaces, const RegionSchema& regions) {
  std::vector<std::pair<fs::path, Region>> files;
  for (const Region& region : regions) {
    if (surfaces.ml[region.place] <= 0) continue;
    files.emplace_back(fileOf(region, file), region);
    if (isThere(files.back().first))
      throw Error(inQuotes(files.back().first) + " is there already: choose another name.");
  }
  for (const auto& [path, region] : files) writeStl(path, surfaces, region);
}

std::vector<Export> exportsOf(const VolumesView& view, InspectPage& page) {
  using Kind = Export::Kind;
  std::vector<Export> all{figureExport(VolumesView::tr("Slices as a picture…"),
                                       VolumesView::tr("Slices.png"),
                                       [&view, &page](const fs::path& file, Caption caption) {
                                         saveSlices(file, view, page, caption);
                                       })};
  for (int scale = 1; scale <= kFinestScene; ++scale) all.push_back(sceneExport(view, page, scale));
  all.push_back({Kind::Data, VolumesView::tr("Segmentation on show…"),
                 VolumesView::tr("Segmentation.nii.gz"), VolumesView::tr("NIfTI (*.nii.gz *.nii)"),
                 [&view](Caption) { return writeOfSegmentation(view); },
                 [&view] { return view.segmentation() != nullptr; }});
  for (Export& one : leavingExports(view, page)) all.push_back(std::move(one));
  all.push_back({Kind::Data, VolumesView::tr("Surfaces, one file a region…"),
                 VolumesView::tr("Surfaces.stl"), VolumesView::tr("STL (*.stl)"),
                 [&view](Caption) { return writeOfSurfaces(view); },
                 [&view] {
                   const auto& surfaces = view.widgets().scene->surfaces();
                   return surfaces && !surfaces->empty();
                 }});
  all.push_back({Kind::Data, VolumesView::tr("Attribution maps, a folder…"),
                 VolumesView::tr("Attribution"), QString(),
                 [&view](Caption) { return writeOfAttribution(view); },
                 [&view] { return view.dominance().attribution() != nullptr; }});
  all.push_back({Kind::Data, VolumesView::tr("Make a demonstration…"), VolumesView::tr("Case.demo"),
                 VolumesView::tr("Demonstrations (*.demo)"),
                 [&view](Caption) { return writeOfDemo(view); },
                 [&view] { return view.segmentation() != nullptr; }});
  return all;
}

}  // namespace

std::vector<Export> VolumesView::exports() {
  return exportsOf(*this, page());
}

void saveSlices(const fs::path& file, const VolumesView& view, const InspectPage& page,
                Caption caption) {
  const TileGrid& tiles = *view.widgets().tiles;
  const QSize size = tiles.size();
  savePicture(file, page, {size, kFine, caption, regionKeyOf(tiles)},
              [&] { return tiles.render(size, kFine); });
}

void saveScene(const fs::path& file, const VolumesView& view, const InspectPage& page, int scale,
               Caption caption) {
  SceneView& scene = *view.widgets().scene;
  const QImage picture = scene.grabImage(scale);
  if (picture.isNull()) throw Error("There is no 3D picture: it needs OpenGL 3.2.", Fault::System);
  savePicture(file, page, {scene.size(), scale, caption, regionKeyOf(*view.widgets().tiles)},
              [&] { return picture; });
}

Write writeOfSegmentation(const VolumesView& view) {
  const auto segmentation = view.segmentation();
  return [segmentation, patient = view.patient()](const fs::path& file) {
    if (!segmentation) throw Error("Nothing is predicted yet: open a run and a case.");
    writeLabels(file, resampleLabels(*segmentation->labels, patient->sourceGrid), patient->profile,
                patient->sourceSpace);
  };
}

Write writeOfSurfaces(const VolumesView& view) {
  return [surfaces = view.widgets().scene->surfaces(),
          regions = view.widgets().tiles->regions()](const fs::path& file) {
    if (!surfaces || surfaces->empty()) throw Error("No region is on show.");
    writeSurfaces(file, *surfaces, regions);
  };
}

Write writeOfDemo(const VolumesView& view) {
  const CaseInfo* info = view.cohort()->find(view.caseId());
  if (info == nullptr || !view.run())
    return [](const fs::path&) { throw Error("Nothing is predicted yet: open a run and a case."); };
  DemoRequest request(*info, view.cohort()->problem);
  request.runs = {view.run()->folder};
  const auto& kept = view.run()->snapshots;
  if (std::find(kept.begin(), kept.end(), view.run()->step) != kept.end())
    request.checkpoint = snapshotCheckpoint(view.run()->step);
  return [request](const fs::path& file) {
    const auto bytes = makeDemo(request);
    if (bytes) writeAtomically(file, *bytes);
  };
}

Write writeOfAttribution(const VolumesView& view) {
  const auto attribution = view.dominance().attribution();
  if (!attribution)
    return [](const fs::path&) {
      throw Error("Nothing is explained yet: press Explain under Dominance.");
    };
  const OpenedRun& run = *view.run();
  const AttributionSource source{view.caseId(),
                                 run.folder,
                                 run.model.kind,
                                 run.step,
                                 run.sawPatientOf(view.caseId()),
                                 view.dominance().within()};
  return [attribution, source, patient = view.patient()](const fs::path& folder) {
    requireOutputFolder(folder);
    writeAttribution(folder, *attribution, source, *patient);
  };
}

}  // namespace modascope
