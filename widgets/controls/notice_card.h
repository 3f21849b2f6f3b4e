#pragma once

#include <QFrame>
#include <QStringList>

class QBoxLayout;
class QLabel;

namespace modascope {

enum class Severity { Note, Warning, Failure };

struct Notice {
  Severity severity = Severity::Note;
  QString sentence;     ///< what happened and what to do
  QStringList actions;  ///< the words on the buttons
};

/// A sentence with what can be done about it. Hidden until there is one; severity is an icon and a
/// word beside the colour.
class NoticeCard : public QFrame {
  Q_OBJECT

 public:
  explicit NoticeCard(QWidget* parent = nullptr);

  /// Shows itself.
  void present(const Notice& notice);
  void dismiss();
  QString sentence() const;

 Q_SIGNALS:
  /// The words of the button that was pressed; the card stays.
  void chosen(const QString& action);
  /// By the user or by `dismiss`.
  void dismissed();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void showSeverity();

  Severity severity_ = Severity::Note;
  QLabel* icon_;
  QLabel* word_;
  QLabel* sentence_;
  QString said_;
  QBoxLayout* buttons_;
};

}  // namespace modascope
