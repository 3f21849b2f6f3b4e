#pragma once

#include <QString>
#include <QStringList>
#include <filesystem>
#include <vector>

#include "core/problem/regions/region.h"
#include "core/volume/volume.h"

namespace modascope {

/// What another program shows: an image, labels on its grid, and what they are called.
struct ViewedSegmentation {
  Volume image;
  LabelVolume labels;
  RegionSchema regions;
};

/// The files of one, in a folder.
struct ViewedFiles {
  std::filesystem::path image, labels;
  std::filesystem::path slicerColours, itkSnapLabels;
};

/// A program that shows a segmentation over its image.
struct Viewer {
  QString name;     ///< "3D Slicer"
  QString program;  ///< where it lies; empty: it is not installed
  QStringList (*arguments)(const ViewedFiles&) = nullptr;
};

/// Those that are found on this machine.
std::vector<Viewer> installedViewers();

/// Throws `Error` when they cannot be written.
ViewedFiles writeForViewers(const std::filesystem::path& folder, const ViewedSegmentation& viewed);
/// Writes into a new folder below the cache that only this user may read, where those of more than
/// a day ago go, and starts the program by itself. Any thread. Throws `Error` when it does not
/// start.
void openIn(const Viewer& viewer, const ViewedSegmentation& viewed);

}  // namespace modascope
