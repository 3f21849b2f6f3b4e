#pragma once

#include <QString>

namespace modascope {

/// Where a prediction comes from: "T1, T2, FLAIR", "gmd-1" and "step 600".
struct PredictionName {
  QString set;
  QString run;
  QString step;

  QString full() const;
  /// The set, and of run and step what tells it from the other.
  QString besides(const PredictionName& other) const;
};

/// What stands above the prediction on show and the one that was kept.
struct ComparedNames {
  QString now;  ///< empty: nothing is on show
  QString kept;
};

}  // namespace modascope
