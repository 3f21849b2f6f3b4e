#include "app/inspect/choices/case_choice.h"

#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QListView>
#include <QStandardItemModel>
#include <algorithm>

namespace modascope {
namespace {

/// In pixels, of the texts.
int widestOf(const QComboBox& box) {
  int widest = 0;
  for (int row = 0; row < box.count(); ++row)
    widest = std::max(widest, box.fontMetrics().horizontalAdvance(box.itemText(row)));
  return widest;
}

}  // namespace

void makeSearchable(QComboBox& box) {
  box.setEditable(true);
  box.setInsertPolicy(QComboBox::NoInsert);
  box.setMaxVisibleItems(20);
  auto* list = new QListView(&box);
  list->setUniformItemSizes(true);
  box.setView(list);
  box.completer()->setFilterMode(Qt::MatchContains);
  box.completer()->setCompletionMode(QCompleter::PopupCompletion);
  box.completer()->setMaxVisibleItems(20);
  // Of what is too long the beginning is seen, and all of it under the mouse.
  QObject::connect(&box, &QComboBox::currentTextChanged, &box, [&box](const QString& text) {
    if (box.lineEdit()->hasFocus()) return;
    box.lineEdit()->home(false);
    box.setToolTip(text);
  });
  // What names no case is not left standing there.
  QObject::connect(box.lineEdit(), &QLineEdit::editingFinished, &box, [&box] {
    if (box.findText(box.currentText(), Qt::MatchFixedString) < 0)
      box.setEditText(box.itemText(box.currentIndex()));
  });
}

void listCases(QComboBox& box, const Cohort& cohort) {
  auto* model = new QStandardItemModel(&box);
  for (const CaseInfo& info : cohort.cases) {
    const QString id = QString::fromStdString(info.id);
    auto* item = new QStandardItem(id);  // goes to the model
    item->setData(id, Qt::UserRole);
    if (!info.usable()) {
      item->setEnabled(false);
      if (!info.notes.empty()) item->setToolTip(QString::fromStdString(info.notes.back()));
    }
    model->appendRow(item);
  }
  box.setModel(model);  // the one before goes with that
  box.view()->setMinimumWidth(std::min(widestOf(box) + 40, 600));
}

std::string firstToShow(const Cohort& cohort) {
  const auto usable = [&](const std::string& id) {
    const CaseInfo* info = cohort.find(id);
    return info != nullptr && info->usable();
  };
  if (cohort.splits && cohort.splits->contains("valid")) {
    for (const auto& id : cohort.splits->at("valid")) {
      if (usable(id)) return id;
    }
  }
  const auto found = std::find_if(cohort.cases.begin(), cohort.cases.end(),
                                  [](const CaseInfo& info) { return info.usable(); });
  return found == cohort.cases.end() ? std::string() : found->id;
}

std::string caseToShow(const Cohort& cohort, const std::string& wanted) {
  const CaseInfo* info = wanted.empty() ? nullptr : cohort.find(wanted);
  return info != nullptr && info->usable() ? wanted : firstToShow(cohort);
}

}  // namespace modascope
