#include "app/inspect/inspect_undo.h"

#include <QAction>
#include <QElapsedTimer>
#include <QUndoCommand>

namespace modascope {
namespace {

constexpr qint64 kAtOnceMs = 700;
constexpr int kNeverMerged = -1;  ///< as Qt has it

/// Something that was done already and can be done and undone by setting a value.
class Step : public QUndoCommand {
 public:
  Step(const QString& words, int kind, std::function<void()> before, std::function<void()> after)
      : QUndoCommand(words), kind_(kind), before_(std::move(before)), after_(std::move(after)) {
    age_.start();
  }

  int id() const override { return kind_; }
  void undo() override { before_(); }
  void redo() override {
    if (done_) after_();
    done_ = true;
  }
  bool mergeWith(const QUndoCommand* next) override {
    if (age_.elapsed() > kAtOnceMs) return false;
    after_ = static_cast<const Step*>(next)->after_;
    age_.restart();
    return true;
  }

 private:
  int kind_;  ///< those of a kind may be merged
  std::function<void()> before_;
  std::function<void()> after_;
  QElapsedTimer age_;
  bool done_ = false;
};

}  // namespace

InspectUndo::InspectUndo(QObject* parent)
    : QObject(parent),
      undo_(stack_.createUndoAction(this, tr("Undo"))),
      redo_(stack_.createRedoAction(this, tr("Redo"))) {
  stack_.setUndoLimit(200);
  undo_->setShortcut(QKeySequence::Undo);
  redo_->setShortcut(QKeySequence::Redo);
  for (QAction* action : {undo_, redo_}) action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
}

void InspectUndo::note(const QString& words, Act before, Act after) {
  stack_.push(new Step(words, kNeverMerged, std::move(before), std::move(after)));
}

void InspectUndo::noteSmall(int kind, const QString& words, Act before, Act after) {
  stack_.push(new Step(words, kind, std::move(before), std::move(after)));
}

}  // namespace modascope
