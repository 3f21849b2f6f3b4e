#pragma once

#include <QAbstractSpinBox>
#include <optional>

namespace modascope {

/// A number with arrows that keeps whatever is typed: what is wrong is for its owner to say, not
/// for it to cut. The arrows go by `step`, or without one by the number's own decade.
class NumberBox : public QAbstractSpinBox {
  Q_OBJECT

 public:
  struct Limits {
    double least = 0;
    double most = 0;
    std::optional<double> step;
    bool whole = false;
  };

  NumberBox(const Limits& limits, QWidget* parent);
  QString words() const;
  void setWords(const QString& words);

  void stepBy(int steps) override;
  QValidator::State validate(QString& input, int& position) const override;

 Q_SIGNALS:
  void edited();

 protected:
  StepEnabled stepEnabled() const override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  double stepFrom(double value, bool up) const;

  Limits limits_;
};

}  // namespace modascope
