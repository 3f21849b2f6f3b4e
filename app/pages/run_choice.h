#pragma once

#include <filesystem>

class QComboBox;
class QString;

namespace modascope {

struct Cohort;

/// "tour-7fb0" of "20261122-160805-tour-7fb0"; a folder named otherwise keeps its name.
QString nameOfRun(const std::filesystem::path& run);
/// Whether a run was trained on data of this kind; no if there is no run.
bool fitsTo(const std::filesystem::path& run, const Cohort& cohort);

/// "No run" and the runs of a folder that have a checkpoint and fit to the cohort, if there is one,
/// newest first, with the path as data; the chosen one is marked, wherever it lies.
void listRuns(QComboBox& box, const std::filesystem::path& folder,
              const std::filesystem::path& chosen, const Cohort* cohort = nullptr);

}  // namespace modascope
