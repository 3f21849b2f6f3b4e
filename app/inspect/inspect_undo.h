#pragma once

#include <QObject>
#include <QUndoStack>
#include <functional>

class QAction;

namespace modascope {

/// Takes back what was done on the inspect page: modalities switched, intensity windows changed.
/// GUI thread.
class InspectUndo : public QObject {
  Q_OBJECT

 public:
  using Act = std::function<void()>;

  explicit InspectUndo(QObject* parent = nullptr);

  /// Something has been done that `before` takes back and `after` does again.
  void note(const QString& words, Act before, Act after);
  /// Likewise; steps of one `kind`, 0 or more, that follow each other at once are taken back
  /// together.
  void noteSmall(int kind, const QString& words, Act before, Act after);
  /// Of another case nothing can be taken back.
  void forget() { stack_.clear(); }

  QAction* undoAction() const { return undo_; }
  QAction* redoAction() const { return redo_; }

 private:
  QUndoStack stack_;
  QAction* undo_;
  QAction* redo_;
};

}  // namespace modascope
