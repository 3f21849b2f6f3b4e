#pragma once

#include <string_view>

#include "core/problem/task.h"

namespace modascope {

/// What goes into a network. Each has a room of its own where cases are read, predicted and shown.
enum class DataKind { Volumes, Pictures, Features };

/// What comes out of it.
enum class OutputKind {
  Regions,       ///< of a volume; a voxel is in any number of them
  PixelClasses,  ///< one class for every pixel
  OneClass,
  OneNumber
};

/// All that a task decides which is not work of a room of its own: a row each in task_facts.cpp.
struct TaskFacts {
  Task task;
  std::string_view key;  ///< "segmentation3d": in files
  DataKind data;
  OutputKind output;
  bool takesLong;              ///< scoring one case takes seconds: each is told of
  int axes;                    ///< of what one channel of a modality holds: 3, 2, or none
  const char* caseWord;        ///< what one of the data is called: "case", "picture", "sample"
  const char* casesWord;       ///< "cases"
  const char* truthWord;       ///< what is known of it: "segmentation", "label"
  const char* patientWord;     ///< whose a case is: "patient", "scene", "speaker"
  const char* patientsWord;    ///< "patients"
  const char* modalitiesWord;  ///< "scans", "modalities"
  const char* elementsWord;    ///< what a channel is made of: "voxels", "pixels", "numbers"
  const char* widthWord;       ///< what a modality has several of: "channel", "number"
  const char* scoresKey;       ///< what the scores are called in JSON: "dice", "scores"
  const char* caseColumn;      ///< the column by which cases are paired; empty: all
  const char* scoringRule;     ///< see score_rules.h
  const char* unlabelledRule;

  /// A column of scores for each region, of which the mean counts; else the first column counts.
  bool scoresRegions() const { return output == OutputKind::Regions; }
  bool isNumber() const { return output == OutputKind::OneNumber; }
};

const TaskFacts& factsOf(Task task);

}  // namespace modascope
