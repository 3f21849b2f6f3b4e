#pragma once

#include <filesystem>
#include <vector>

#include "app/work/run_survey.h"

class QComboBox;
class QString;

namespace modascope {

struct Cohort;

/// "tour-7fb0" of "20261122-160805-tour-7fb0"; a folder named otherwise keeps its name.
QString nameOfRun(const std::filesystem::path& run);
/// Whether a run was trained on data of this kind; no if there is no run.
bool fitsTo(const std::filesystem::path& run, const Cohort& cohort);

/// "tour-7fb0  ·  finished  ·  gmd  ·  mean Dice 0.712  ·  22 Nov 16:08"
QString runWords(const RunSummary& run);

/// "No run" and the runs that fit to the cohort, if there is one, in the order given, with the path
/// as data; those that cannot be opened are grey and say why. The chosen one is marked, wherever it
/// lies.
void fillRuns(QComboBox& box, const std::vector<RunSummary>& runs,
              const std::filesystem::path& chosen, const Cohort* cohort = nullptr);
/// Marks it, and adds it first where it is not there. Nothing chosen: "No run".
void markRun(QComboBox& box, const std::filesystem::path& chosen);

}  // namespace modascope
