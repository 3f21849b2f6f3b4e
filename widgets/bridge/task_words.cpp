#include "widgets/bridge/task_words.h"

#include <QCoreApplication>

namespace modascope {
namespace {

QString tr(const char* words) {
  return QCoreApplication::translate("TaskWords", words);
}

}  // namespace

QString nounOf(Task task) {
  if (takesFeatures(task)) return tr("sample");
  return task == Task::Segmentation2d ? tr("picture") : tr("case");
}

QString nounsOf(Task task) {
  if (takesFeatures(task)) return tr("samples");
  return task == Task::Segmentation2d ? tr("pictures") : tr("cases");
}

QString counted(Task task, qint64 count) {
  return QString("%1 %2").arg(count).arg(count == 1 ? nounOf(task) : nounsOf(task));
}

}  // namespace modascope
