#include "app/experiment/planning/data_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/experiment/planning/cohort_words.h"
#include "app/settings/path_text.h"

namespace modascope {
namespace {

QToolButton* textButton(const QString& text, const QString& words, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setText(text);
  button->setToolTip(words);
  button->setAccessibleName(words);
  return button;
}

QLabel* wrappingLabel(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

}  // namespace

DataPanel::DataPanel(QWidget* parent)
    : QWidget(parent),
      source_(wrappingLabel(this)),
      summary_(wrappingLabel(this)),
      remarksSwitch_(textButton({}, tr("Show what was found odd, and why"), this)),
      remarks_(new QPlainTextEdit(this)),
      folder_(textButton(tr("Folder…"), tr("Choose a folder of cases or of pictures"), this)),
      file_(textButton(tr("File…"), tr("Open a file of features (HDF5) or a 4D file"), this)),
      phantom_(textButton(tr("Phantom"), tr("Use the embedded phantom cohort"), this)) {
  remarksSwitch_->setCheckable(true);
  remarksSwitch_->setAutoRaise(true);
  remarks_->setReadOnly(true);
  remarks_->setAccessibleName(tr("What is excluded, and notes"));
  remarks_->setMaximumHeight(110);
  remarks_->hide();
  remarksSwitch_->hide();

  auto* line = new QHBoxLayout;
  for (auto* button : {folder_, file_, phantom_}) line->addWidget(button);
  line->addStretch(1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(3);
  layout->addWidget(source_);
  layout->addLayout(line);
  layout->addWidget(summary_);
  layout->addWidget(remarksSwitch_);
  layout->addWidget(remarks_);

  connect(remarksSwitch_, &QToolButton::toggled, remarks_, &QWidget::setVisible);
  connect(folder_, &QToolButton::clicked, this, &DataPanel::askForFolder);
  connect(file_, &QToolButton::clicked, this, &DataPanel::askForFile);
  connect(phantom_, &QToolButton::clicked, this, &DataPanel::phantomChosen);
}

void DataPanel::setSource(const QString& source) {
  static const QRegularExpression joints("([_.-])");
  QString last = source.section('/', -1, -1, QString::SectionSkipEmpty).toHtmlEscaped();
  last.replace(joints, QStringLiteral("\\1\u200b"));  // a long name may break there
  source_->setText(tr("Data: <b>%1</b>").arg(last));
  source_->setToolTip(source);
}

void DataPanel::setLooking(const QString& source) {
  setSource(source);
  summary_->setText(tr("Looking at what is there…"));
  remarksSwitch_->setChecked(false);
  remarksSwitch_->hide();
}

void DataPanel::setCohort(const QString& source, const Cohort& cohort) {
  setSource(source);
  summary_->setText(summaryOf(cohort).join('\n'));
  const QStringList remarks = remarksOf(cohort);
  const int excluded = excludedIn(cohort);
  const auto noted = remarks.size() - excluded;
  QStringList counts;
  if (excluded > 0) counts << tr("%1 excluded").arg(excluded);
  if (noted > 0) counts << tr("%1 with notes").arg(noted);
  remarksSwitch_->setText(counts.join(", ") + " …");
  remarksSwitch_->setVisible(!remarks.isEmpty());
  remarks_->setPlainText(remarks.join('\n'));
}

void DataPanel::setFailed(const QString& source) {
  setSource(source);
  summary_->setText(tr("No usable data; choose a folder or a file, or drop one here."));
  remarksSwitch_->hide();
  remarks_->hide();
}

void DataPanel::setEditable(bool editable) {
  folder_->setEnabled(editable);
  file_->setEnabled(editable);
  phantom_->setEnabled(editable);
}

void DataPanel::askForFolder() {
  auto* dialog = new QFileDialog(this, tr("A folder of cases or of pictures"));
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& folder) { Q_EMIT pathChosen(asPath(folder)); });
  dialog->open();
}

void DataPanel::askForFile() {
  auto* dialog = new QFileDialog(this, tr("A file of features or a 4D file"));
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Data (*.h5 *.hdf5 *.nii *.nii.gz)"), tr("Settings of a run (*.toml)"),
                          tr("All files (*)")});
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& file) { Q_EMIT pathChosen(asPath(file)); });
  dialog->open();
}

}  // namespace modascope
