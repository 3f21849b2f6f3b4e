#pragma once

#include <QWidget>
#include <vector>

#include "core/modality/modality.h"
#include "core/problem/brats.h"

class QBoxLayout;
class QLabel;

namespace modascope {

class ModalitySwitch;

/// One switch per modality. On, left out on purpose, and really absent from the case look
/// different and say so in words. The last modality that is on cannot go off. Alt+1…8 switch one,
/// Alt+0 switches all on.
class ModalitySwitchboard : public QWidget {
  Q_OBJECT

 public:
  explicit ModalitySwitchboard(Qt::Orientation orientation = Qt::Vertical,
                               QWidget* parent = nullptr);

  /// All available and on. T1, T1ce, T2, FLAIR until told otherwise.
  void setSchema(const ModalitySchema& schema);
  /// What the case has. The set keeps what it can of itself, else it becomes all that is
  /// available. Emits nothing: read `set()`.
  void setAvailable(ModalitySet available);
  /// Modalities that are not available are left away. Emits nothing.
  void setSet(ModalitySet set);

  ModalitySet set() const { return set_; }
  ModalitySet available() const { return available_; }
  const ModalitySchema& schema() const { return schema_; }

  /// As a click or key does: emits `changed`, or says why not.
  void toggle(ModalityId id);
  void switchAllOn();
  /// What stands in for a modality that is left out, such as "noise"; empty: nothing.
  void setInstead(const QString& words);
  /// Why the last click or key did nothing; empty if it did.
  QString message() const;

 Q_SIGNALS:
  /// By the user.
  void changed(modascope::ModalitySet set);

 private:
  void rebuild();
  void showStates();
  void choose(ModalitySet set);
  void say(const QString& why);

  ModalitySchema schema_ = bratsModalities();
  ModalitySet available_ = bratsModalities().all();
  ModalitySet set_ = bratsModalities().all();
  QBoxLayout* layout_;
  QLabel* message_;
  std::vector<ModalitySwitch*> switches_;
  QString instead_;
};

}  // namespace modascope
