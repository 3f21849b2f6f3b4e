#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

#include "core/config/config_keys.h"
#include "core/problem/task.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace modascope {

class ConfigField;

/// The settings of a run as a form, made from `configKeys()`: the basic ones, and on request all
/// of them with a search. What is not allowed is said beneath its field and kept there for
/// correction.
class ConfigForm : public QWidget {
  Q_OBJECT

 public:
  explicit ConfigForm(QWidget* parent = nullptr);

  /// Where a field holds something that is not allowed, its last good value.
  RunConfig config() const { return config_; }
  /// Emits nothing.
  void setConfig(const RunConfig& config);
  /// Offers what means something for the task and counts from its standard settings; the values
  /// stay as they are. Of volumes until told otherwise.
  void setTask(Task task);
  Task task() const { return task_; }
  /// A sentence per field that holds something that is not allowed; none: ready to start.
  QStringList problems() const;
  /// Off while a run is on: everything can be read, nothing changed.
  void setEditable(bool editable);
  void showAll(bool all);
  bool showsAll() const;
  /// Shows the fields that all the words occur in.
  void search(const QString& words);

  /// The field of "train.lr"; null if there is no such key.
  ConfigField* field(std::string_view key) const;

 Q_SIGNALS:
  /// By the user, also when a field became wrong or right.
  void changed();

 private:
  struct Group {
    QLabel* heading;
    std::vector<ConfigField*> fields;
  };
  void buildHead();
  void buildFields();
  void offerPresets();
  RunConfig withPreset(const std::string& name) const;
  void arrange();
  void applyPreset(const QString& name);
  void take(ConfigField* field);
  void showPreset();

  RunConfig config_;
  Task task_ = kDefaultTask;
  std::vector<Group> groups_;
  QComboBox* presets_;
  QToolButton* all_;
  QLineEdit* search_;
  QLabel* nothing_;
};

}  // namespace modascope
