#pragma once

#include <QWidget>
#include <filesystem>

#include "core/cohort/cohort.h"

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace modascope {

/// Which data, and what is there. Takes values, asks for folders and files.
class DataPanel : public QWidget {
  Q_OBJECT

 public:
  explicit DataPanel(QWidget* parent = nullptr);

  /// `source` is a folder, a file or "Embedded phantom".
  void setLooking(const QString& source);
  void setCohort(const QString& source, const Cohort& cohort);
  void setFailed(const QString& source);
  void setEditable(bool editable);

 Q_SIGNALS:
  /// A folder with cases or a file.
  void pathChosen(const std::filesystem::path& path);
  void phantomChosen();

 private:
  void askForFolder();
  void askForFile();
  void setSource(const QString& source);

  QLabel* source_;
  QLabel* summary_;
  QToolButton* remarksSwitch_;
  QPlainTextEdit* remarks_;
  QToolButton* folder_;
  QToolButton* file_;
  QToolButton* phantom_;
};

}  // namespace modascope
