#include "widgets/bridge/task_words.h"

#include <QCoreApplication>

#include "core/problem/task_facts.h"

namespace modascope {
namespace {

QString tr(const char* words) {
  return QCoreApplication::translate("TaskWords", words);
}

}  // namespace

QString nounOf(Task task) {
  return tr(factsOf(task).caseWord);
}

QString nounsOf(Task task) {
  return tr(factsOf(task).casesWord);
}

QString truthNounOf(Task task) {
  return tr(factsOf(task).truthWord);
}

QString modalitiesNounOf(Task task) {
  return tr(factsOf(task).modalitiesWord);
}

QString elementsNounOf(Task task) {
  return tr(factsOf(task).elementsWord);
}

QString counted(Task task, qint64 count) {
  return QString("%1 %2").arg(count).arg(count == 1 ? nounOf(task) : nounsOf(task));
}

}  // namespace modascope
