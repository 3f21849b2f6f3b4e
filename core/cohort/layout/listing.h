#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "core/cohort/naming/naming.h"

namespace modascope {

/// A folder's content, sorted, without what systems leave behind; folders that cannot be entered
/// are empty.
struct Listing {
  std::vector<NamedFile> named;
  std::vector<std::filesystem::path> unnamed;  ///< NIfTI files whose names say nothing
  std::vector<std::filesystem::path> foreign;  ///< volumes in formats that are not read
  std::vector<std::filesystem::path> folders;

  bool holdsVolumes() const { return !named.empty() || !unnamed.empty() || !foreign.empty(); }
  /// Both kinds that no case takes.
  std::vector<std::filesystem::path> notUnderstood() const;
  /// All of them; those in formats that are not read last.
  std::vector<std::filesystem::path> volumes() const;
};
/// What a file's name says; nothing of one that says nothing.
using Naming = std::function<std::optional<NamedFile>(const std::filesystem::path&)>;
Listing list(const std::filesystem::path& folder, const Naming& naming = parseName);

/// labelsTr, labelsTs: segmentations of images beside.
bool isLabelFolder(const std::filesystem::path& folder);
/// imagesTr, imagesTs: many cases in one folder.
bool isFlatFolder(const std::filesystem::path& folder);
/// labelsTr beside imagesTr; an empty path beside any other folder.
std::filesystem::path labelFolderOf(const std::filesystem::path& imagesFolder);

}  // namespace modascope
