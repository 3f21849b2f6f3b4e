#include "app/experiment/experiment_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTime>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/experiment/planning/data_panel.h"
#include "app/experiment/planning/plan_panel.h"
#include "app/settings/path_text.h"
#include "widgets/controls/form/config_form.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/run_controls.h"
#include "widgets/tables/adaptation_table.h"

namespace modascope {

ExperimentPage::ExperimentPage(QWidget* parent, const std::vector<RunPlotPlace>& plots)
    : QWidget(parent),
      data_(new DataPanel(this)),
      form_(new ConfigForm(this)),
      controls_(new RunControls(this)),
      adapters_(new AdaptationTable(this)),
      plan_(new PlanPanel(this)),
      notice_(new NoticeCard(this)),
      adapt_(new QPushButton(tr("&Adapt a trained network…"), this)),
      runs_(new QLabel(this)),
      log_(new QPlainTextEdit(this)) {
  connect(adapt_, &QPushButton::clicked, this, &ExperimentPage::adaptRequested);
  log_->setReadOnly(true);
  log_->setMaximumBlockCount(5000);
  log_->setAccessibleName(tr("Log of the run"));

  auto* columns = new QSplitter(Qt::Horizontal, this);
  columns->setObjectName("experiment/columns");
  columns->addWidget(makeSettings());
  columns->addWidget(makeViews(plots));
  columns->setStretchFactor(0, 0);
  columns->setStretchFactor(1, 1);
  columns->setChildrenCollapsible(false);
  columns->setSizes({360, 1000});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 4);
  layout->addWidget(notice_);
  layout->addWidget(columns, 1);
}

QWidget* ExperimentPage::makeSettings() {
  auto* scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(form_);

  auto* column = new QWidget(this);
  auto* layout = new QVBoxLayout(column);
  layout->setContentsMargins(0, 0, 6, 0);
  layout->setSpacing(10);
  layout->addWidget(data_);
  layout->addWidget(scroll, 1);
  layout->addWidget(plan_);
  layout->addWidget(controls_);
  layout->addWidget(adapt_);
  layout->addWidget(makeRunsLine());
  column->setMinimumWidth(300);
  return column;
}

QWidget* ExperimentPage::makeRunsLine() {
  auto* line = new QWidget(this);
  auto* change = new QToolButton(line);
  change->setText(tr("Change…"));
  change->setAccessibleName(tr("Change the folder that runs are made in"));
  auto* copy = new QToolButton(line);
  copy->setText(tr("Copy as command"));
  copy->setToolTip(tr("The same run for the command line, into the clipboard"));
  copy->setAccessibleName(tr("Copy the run as a command"));
  auto* layout = new QHBoxLayout(line);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(runs_, 1);
  layout->addWidget(change);
  layout->addWidget(copy);
  connect(change, &QToolButton::clicked, this, &ExperimentPage::askForRunsFolder);
  connect(copy, &QToolButton::clicked, this, &ExperimentPage::copyRequested);
  return line;
}

/// Plots beside each other; a plot that has nothing to do with a run gives its room to the others.
QSplitter* ExperimentPage::makeLine(const QString& name, RunPlotLine line,
                                    const std::vector<RunPlotPlace>& places) {
  auto* splitter = new QSplitter(Qt::Horizontal, this);
  splitter->setObjectName(name);
  QList<int> sizes;
  for (const RunPlotPlace& place : places) {
    if (place.line != line) continue;
    RunPlot* plot = plots_.emplace_back(place.make(this));
    splitter->addWidget(plot->widget());
    splitter->setStretchFactor(splitter->count() - 1, place.share);
    sizes << 200 * place.share;
    plot->widget()->setVisible(plot->concernsRun());
  }
  splitter->setSizes(sizes);
  return splitter;
}

QWidget* ExperimentPage::makeViews(const std::vector<RunPlotPlace>& places) {
  gradientLine_ = makeLine("experiment/gradients", RunPlotLine::Gradients, places);
  adapters_->hide();
  auto* lower = new QWidget(this);  // one of both is seen
  auto* either = new QVBoxLayout(lower);
  either->setContentsMargins(0, 0, 0, 0);
  either->addWidget(gradientLine_);
  either->addWidget(adapters_);
  auto* rows = new QSplitter(Qt::Vertical, this);
  rows->setObjectName("experiment/rows");
  rows->addWidget(makeLine("experiment/losses", RunPlotLine::Losses, places));
  rows->addWidget(lower);
  rows->addWidget(log_);
  rows->setStretchFactor(0, 4);
  rows->setStretchFactor(1, 5);
  rows->setStretchFactor(2, 0);
  rows->setSizes({320, 400, 84});
  return rows;
}

void ExperimentPage::setRunsFolder(const std::filesystem::path& folder) {
  runs_->setText(tr("Runs: %1").arg(asText(folder.filename())));
  runs_->setToolTip(tr("Runs are made in %1").arg(asText(folder)));
}

void ExperimentPage::showAdapting(bool adapting) {
  gradientLine_->setVisible(!adapting);
  adapters_->setVisible(adapting);
  for (RunPlot* plot : plots_) plot->showOneByOne(adapting);
}

void ExperimentPage::setSchema(const ModalitySchema& schema) {
  for (RunPlot* plot : plots_) plot->setSchema(schema);
  adapters_->setSchema(schema);
}

void ExperimentPage::setRegions(const RegionSchema& regions) {
  for (RunPlot* plot : plots_) plot->setRegions(regions);
}

void ExperimentPage::append(const std::vector<StepEvent>& steps) {
  for (RunPlot* plot : plots_) {
    plot->append(steps);
    plot->widget()->setVisible(plot->concernsRun());
  }
}

void ExperimentPage::appendValidation(const std::vector<ValidationEvent>& validations) {
  for (RunPlot* plot : plots_) plot->appendValidation(validations);
}

void ExperimentPage::clearPlots() {
  for (RunPlot* plot : plots_) {
    plot->clear();
    plot->widget()->setVisible(plot->concernsRun());
  }
  adapters_->clear();
}

void ExperimentPage::setAdaptable(bool adaptable, const QString& why) {
  adapt_->setEnabled(adaptable);
  adapt_->setToolTip(adaptable ? tr("Learns small changes for missing modalities, and leaves the "
                                    "network as it is")
                               : why);
}

void ExperimentPage::log(const QString& line) {
  log_->appendPlainText(QTime::currentTime().toString("HH:mm:ss  ") + line);
}

void ExperimentPage::askForRunsFolder() {
  auto* dialog = new QFileDialog(this, tr("The folder that runs are made in"));
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& folder) { Q_EMIT runsFolderChosen(asPath(folder)); });
  dialog->open();
}

}  // namespace modascope
