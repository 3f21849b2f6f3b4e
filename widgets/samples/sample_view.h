#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/metrics/subset_outputs.h"
#include "widgets/samples/prediction_view.h"

class QGridLayout;
class QLabel;
class QScrollArea;
class QTextEdit;

namespace modascope {

class FeatureStrip;
class TileHeader;

/// A sample of features, with what is known of it.
struct SampleContent {
  Problem problem;
  ModalitySet available = ModalitySet::firstOf(1);
  std::vector<std::vector<float>> values;  ///< standardised, [steps · width] of each modality
  std::string text;                        ///< what was said; may be empty
  SampleTruth truth;
};

/// A prediction set aside to be compared with the live one.
struct KeptOutputs {
  std::shared_ptr<const SubsetOutputs> outputs;
  ModalitySet set;
};

/// A sample through a network's eyes: what was said, the numbers of each modality on one scale, and
/// what the network makes of the modalities on show.
class SampleView : public QWidget {
  Q_OBJECT

 public:
  explicit SampleView(QWidget* parent = nullptr);

  /// All that it has is on show.
  void setSample(const SampleContent& sample);
  /// Nothing: no prediction yet.
  void setOutputs(std::shared_ptr<const SubsetOutputs> outputs);
  /// What is there but not in the set is left out, or something such as noise stands in for it.
  void setShown(ModalitySet set, const QString& instead = {});
  /// What the network got in the place of each modality when it is left out, as the sample's
  /// `values`: the strips show that instead. None: nothing. Until `setSample`.
  void setStandIns(const std::vector<std::vector<float>>& values);
  /// Of |Shapley value|, in the order of `available`; empty: none are known.
  void setShares(const std::vector<double>& shares);
  /// Beneath all, such as which checkpoint this is.
  void setRemark(const QString& words);
  /// Beside the prediction on show, with what differs beneath; nothing: the latter alone.
  void setKept(std::optional<KeptOutputs> kept);
  /// What stands above the two.
  void nameBoth(const QString& now, const QString& kept);
  void clear();

  PredictionView* prediction() const { return prediction_; }
  PredictionView* keptPrediction() const { return keptPrediction_; }
  /// "Δ −0.21; …"; empty where nothing is compared.
  QString difference() const;
  FeatureStrip* strip(ModalityId id) const { return rows_[id.index()].strip; }
  TileHeader* header(ModalityId id) const { return rows_[id.index()].header; }
  QString text() const;

  QSize sizeHint() const override { return {700, 600}; }

 Q_SIGNALS:
  /// A modality's title was clicked.
  void toggled(modascope::ModalityId id);
  /// What the network says from this subset was clicked.
  void chosen(modascope::ModalitySet set);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Row {
    TileHeader* header;
    FeatureStrip* strip;
  };
  void makeText();
  void fitText();
  void renew();
  void rebuild();
  void showTitles();
  void showStates();
  QWidget* makePredictions();
  void showDifference();

  std::optional<SampleContent> sample_;  ///< the last
  ModalitySet shown_ = ModalitySet::firstOf(1);
  QString instead_;
  std::vector<double> shares_;
  std::vector<Row> rows_;
  QTextEdit* text_;
  QScrollArea* scroll_;
  QGridLayout* strips_ = nullptr;
  PredictionView* prediction_;
  PredictionView* keptPrediction_;
  QLabel* name_;
  QLabel* keptName_;
  QWidget* keptColumn_ = nullptr;
  QLabel* difference_;
  std::shared_ptr<const SubsetOutputs> outputs_;
  std::optional<KeptOutputs> kept_;
  QLabel* remark_;
};

}  // namespace modascope
