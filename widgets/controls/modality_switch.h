#pragma once

#include <QAbstractButton>
#include <optional>

#include "core/modality/modality.h"

namespace modascope {

/// What stands at a switch's right end instead of its key and of what is usually said.
struct SwitchWords {
  QString on, leftOut, absent;
};

/// One modality's switch. It shows what it is told and never switches by itself.
class ModalitySwitch : public QAbstractButton {
  Q_OBJECT

 public:
  enum class State { On, LeftOut, Absent };

  ModalitySwitch(const ModalitySchema& schema, ModalityId id, QWidget* parent);
  void setState(State state);
  State state() const { return state_; }
  /// What stands in for it when it is left out, such as "noise"; empty: nothing.
  void setInstead(const QString& words);
  void setWords(const SwitchWords& words);
  ModalityId id() const { return id_; }
  /// "left out", "noise instead", "missing"; for On the key that switches it.
  QString stateWords() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void nextCheckState() override {}

 private:
  void paintPill(QPainter& painter, const QRectF& pill) const;

  ModalityId id_;
  QString mark_;
  QString instead_;
  std::optional<SwitchWords> words_;
  State state_ = State::On;
};

}  // namespace modascope
