#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/modality/modality.h"
#include "widgets/controls/modality_switch.h"

class QBoxLayout;
class QLabel;

namespace modascope {

/// One switch per modality. On, left out on purpose, and really absent from the case look
/// different and say so in words. The last modality that is on cannot go off. Alt+1…8 switch one,
/// Alt+0 switches all on.
class ModalitySwitchboard : public QWidget {
  Q_OBJECT

 public:
  explicit ModalitySwitchboard(Qt::Orientation orientation = Qt::Vertical,
                               QWidget* parent = nullptr);

  /// All available and on. None until told: no switch.
  void setSchema(const ModalitySchema& schema);
  /// What the case has. The set keeps what it can of itself, else it becomes all that is
  /// available. Emits nothing: read `set()`.
  void setAvailable(ModalitySet available);
  /// Modalities that are not available are left away. Emits nothing.
  void setSet(ModalitySet set);

  struct Choice {
    ModalitySchema schema;
    ModalitySet available;
    ModalitySet set;
  };
  /// Nothing before there are modalities; the three below are of those that there are.
  const std::optional<Choice>& choice() const { return choice_; }
  ModalitySet set() const { return choice_->set; }
  ModalitySet available() const { return choice_->available; }
  const ModalitySchema& schema() const { return choice_->schema; }

  /// As a click or key does: emits `changed`, or says why not.
  void toggle(ModalityId id);
  void switchAllOn();
  /// What stands in for a modality that is left out, such as "noise"; empty: nothing.
  void setInstead(const QString& words);
  /// For eyes and fingers farther away: rows of at least `height` pixels, with these words.
  void setLarge(int height, const SwitchWords& words);
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

  std::optional<Choice> choice_;
  QBoxLayout* layout_;
  QLabel* message_;
  std::vector<ModalitySwitch*> switches_;
  QString instead_;
  int height_ = 0;
  std::optional<SwitchWords> words_;
};

}  // namespace modascope
