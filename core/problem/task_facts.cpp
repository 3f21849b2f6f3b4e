#include "core/problem/task_facts.h"

#include <algorithm>
#include <array>

#include "core/problem/score_rules.h"

namespace modascope {
namespace {

constexpr std::array<TaskFacts, std::size(kTasks)> kFacts{{
    {.task = Task::Segmentation3d,
     .key = "segmentation3d",
     .data = DataKind::Volumes,
     .output = OutputKind::Regions,
     .takesLong = true,
     .axes = 3,
     .caseWord = "case",
     .casesWord = "cases",
     .truthWord = "segmentation",
     .patientWord = "patient",
     .patientsWord = "patients",
     .modalitiesWord = "scans",
     .elementsWord = "voxels",
     .widthWord = "channel",
     .scoresKey = "dice",
     .caseColumn = "",
     .scoringRule = kEmptyRegionRule,
     .unlabelledRule = kAgreementRule},
    {.task = Task::Segmentation2d,
     .key = "segmentation2d",
     .data = DataKind::Pictures,
     .output = OutputKind::PixelClasses,
     .takesLong = false,
     .axes = 2,
     .caseWord = "picture",
     .casesWord = "pictures",
     .truthWord = "label",
     .patientWord = "scene",
     .patientsWord = "scenes",
     .modalitiesWord = "modalities",
     .elementsWord = "pixels",
     .widthWord = "channel",
     .scoresKey = "scores",
     .caseColumn = "miou",
     .scoringRule = kPicturesRule,
     .unlabelledRule = kUnlabelledRule},
    {.task = Task::Classification,
     .key = "classification",
     .data = DataKind::Features,
     .output = OutputKind::OneClass,
     .takesLong = false,
     .axes = 0,
     .caseWord = "sample",
     .casesWord = "samples",
     .truthWord = "label",
     .patientWord = "speaker",
     .patientsWord = "speakers",
     .modalitiesWord = "modalities",
     .elementsWord = "numbers",
     .widthWord = "number",
     .scoresKey = "scores",
     .caseColumn = "accuracy",
     .scoringRule = kSamplesRule,
     .unlabelledRule = kUnlabelledRule},
    {.task = Task::Regression,
     .key = "regression",
     .data = DataKind::Features,
     .output = OutputKind::OneNumber,
     .takesLong = false,
     .axes = 0,
     .caseWord = "sample",
     .casesWord = "samples",
     .truthWord = "label",
     .patientWord = "speaker",
     .patientsWord = "speakers",
     .modalitiesWord = "modalities",
     .elementsWord = "numbers",
     .widthWord = "number",
     .scoresKey = "scores",
     .caseColumn = "mae",
     .scoringRule = kSamplesRule,
     .unlabelledRule = kUnlabelledRule},
}};

}  // namespace

const TaskFacts& factsOf(Task task) {
  return *std::find_if(kFacts.begin(), kFacts.end(),
                       [task](const TaskFacts& facts) { return facts.task == task; });
}

}  // namespace modascope
