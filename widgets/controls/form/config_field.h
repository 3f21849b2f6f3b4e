#pragma once

#include <QWidget>

#include "core/config/config_keys.h"

class QLabel;
class QToolButton;

namespace modascope {

/// One setting: its label, an editor that fits its type, its unit, a button that sets the default
/// again, and beneath it what is wrong with what it holds.
class ConfigField : public QWidget {
  Q_OBJECT

 public:
  ConfigField(const ConfigKey& key, QWidget* parent);

  const ConfigKey& key() const { return key_; }
  /// What the editor holds, right or wrong.
  QString text() const;
  /// As if typed; emits `edited`.
  void type(const QString& text);
  /// Shows `config`'s value; emits nothing.
  void showValueOf(const RunConfig& config);
  /// Puts what it holds into `config` if that is allowed; else says why not and leaves it.
  void applyTo(RunConfig& config);
  /// Empty: what it holds is allowed.
  QString problem() const { return problem_; }
  bool isModified() const;
  /// What it is compared with and set back to.
  void setStandard(const RunConfig& config);
  /// Offers these words instead of the setting's own; none: its own. Emits nothing.
  void offer(const std::vector<std::string>& choices);
  QString unit() const;
  void setUnit(const QString& unit);
  void resetToStandard();
  void setEditable(bool editable);
  bool matches(const QString& words) const;

  int labelWidth() const;
  void setLabelWidth(int width);

 Q_SIGNALS:
  void edited();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeEditor();
  void setText(const QString& text);
  void say(const QString& problem);
  QString standardText() const;
  void explain();

  const ConfigKey& key_;
  ConfigValue standard_;
  QString problem_;
  QLabel* mark_;
  QLabel* label_;
  QWidget* editor_;
  QLabel* unit_;
  QToolButton* reset_;
  QLabel* message_;
};

}  // namespace modascope
