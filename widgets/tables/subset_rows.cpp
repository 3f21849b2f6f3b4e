#include "widgets/tables/subset_rows.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/tables/subset_cell_painter.h"
#include "widgets/tables/subset_table_model.h"

namespace modascope {
namespace {

constexpr int kFewColumns = 4;
constexpr int kNames = 70;  ///< of a subset, where there are many columns

void setUp(QTableView& view) {
  view.setAccessibleName(QObject::tr("Scores of every subset of the modalities"));
  view.setSortingEnabled(true);
  view.setSelectionBehavior(QAbstractItemView::SelectRows);
  view.setSelectionMode(QAbstractItemView::SingleSelection);
  view.setShowGrid(false);
  view.setFrameShape(QFrame::NoFrame);
  view.setTabKeyNavigation(false);
  view.verticalHeader()->hide();
  view.verticalHeader()->setDefaultSectionSize(view.fontMetrics().height() + 7);
  view.horizontalHeader()->setHighlightSections(false);
  view.horizontalHeader()->setMinimumSectionSize(44);
  view.horizontalHeader()->setSortIndicatorShown(true);
  // The rows mark themselves: a full highlight would hide the dots and the colours of the cells.
  auto colours = view.palette();
  colours.setColor(QPalette::Highlight, Qt::transparent);
  view.setPalette(colours);
}

/// The last row of another's, without a header, its columns as wide as there.
class OnlyMean : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
    return sourceModel()->index(row, 0, parent).data(SubsetTableModel::MeanRole).toBool();
  }
};

void setUpMean(QTableView& mean, QTableView& rows) {
  mean.setAccessibleName(QObject::tr("Mean over the subsets"));
  mean.setFocusPolicy(Qt::NoFocus);
  mean.setSelectionMode(QAbstractItemView::NoSelection);
  mean.setShowGrid(false);
  mean.setFrameShape(QFrame::NoFrame);
  mean.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  mean.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  mean.verticalHeader()->hide();
  mean.verticalHeader()->setDefaultSectionSize(rows.verticalHeader()->defaultSectionSize());
  mean.horizontalHeader()->hide();
  mean.horizontalHeader()->setMinimumSectionSize(1);
  mean.setFixedHeight(rows.verticalHeader()->defaultSectionSize());
  QObject::connect(rows.horizontalHeader(), &QHeaderView::sectionResized, &mean,
                   [&mean](int column, int, int width) { mean.setColumnWidth(column, width); });
  QObject::connect(rows.horizontalScrollBar(), &QScrollBar::valueChanged, &mean,
                   [&mean](int at) { mean.horizontalScrollBar()->setValue(at); });
  mean.setHorizontalScrollMode(rows.horizontalScrollMode());
}

}  // namespace

SubsetRows::SubsetRows(QWidget* parent)
    : QWidget(parent),
      model_(new SubsetTableModel(this)),
      order_(new SubsetOrder(this)),
      view_(new QTableView(this)),
      mean_(new QTableView(this)) {
  order_->setSourceModel(model_);
  view_->setModel(order_);
  view_->setItemDelegate(new SubsetCellPainter(model_, view_));
  setUp(*view_);
  auto* onlyMean = new OnlyMean(this);
  onlyMean->setSourceModel(order_);
  mean_->setModel(onlyMean);
  mean_->setItemDelegate(new SubsetCellPainter(model_, mean_));
  setUpMean(*mean_, *view_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(view_, 1);
  column->addWidget(mean_);
  connect(order_, &QAbstractItemModel::layoutChanged, this, &SubsetRows::pinMean);
  view_->sortByColumn(0, Qt::AscendingOrder);
  connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) { choose(current); });
}

void SubsetRows::change(const std::function<void(SubsetTableModel&)>& change) {
  const auto before = selectedSet();
  quiet_ = true;
  change(*model_);
  quiet_ = false;
  layOut();
  if (before) setSelected(*before);
}

void SubsetRows::layOut() {
  if (!model_->hasTable()) return pinMean();
  auto* header = view_->horizontalHeader();
  for (int column = 1; column < model_->columnCount(); ++column)
    header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
  const int dots = widthOfDots(*model_);
  const auto columns = static_cast<int>(model_->table().columns.size());
  const bool scrolls = columns > kFewColumns;  // sideways, where the names would have no room
  header->setSectionResizeMode(0, scrolls ? QHeaderView::Interactive : QHeaderView::Stretch);
  if (scrolls) header->resizeSection(0, dots + kNames);
  view_->setMinimumWidth(dots + 58 * std::min(columns, kFewColumns) + 2 * kSubsetPad);
  const int bar = scrolls ? view_->horizontalScrollBar()->sizeHint().height() : 0;
  pinMean();
  const int rows = order_->rowCount() - mean_->model()->rowCount();
  view_->setMaximumHeight(bar + header->sizeHint().height() + 2 * view_->frameWidth() +
                          rows * view_->verticalHeader()->defaultSectionSize());
  const int beneath = mean_->isHidden() ? 0 : layout()->spacing() + mean_->height();
  setMaximumHeight(view_->maximumHeight() + beneath);
}

/// Sorted in whatever way, it is the last row.
void SubsetRows::pinMean() {
  const int last = order_->rowCount() - 1;
  for (int row = 0; row <= last; ++row)
    view_->setRowHidden(row, row == last && mean_->model()->rowCount() > 0);
  mean_->setVisible(mean_->model()->rowCount() > 0);
  for (int column = 0; column < model_->columnCount(); ++column)
    mean_->setColumnWidth(column, view_->columnWidth(column));
}

void SubsetRows::setSelected(ModalitySet set) {
  quiet_ = true;
  for (int row = 0; row < order_->rowCount(); ++row) {
    const auto index = order_->index(row, 0);
    const auto bits = index.data(SubsetTableModel::SetRole);
    if (bits.isValid() && bits.toUInt() == set.bits()) view_->setCurrentIndex(index);
  }
  quiet_ = false;
  // What is said of it takes room of the rows.
  QMetaObject::invokeMethod(
      view_, [this] { view_->scrollTo(view_->currentIndex()); }, Qt::QueuedConnection);
}

std::optional<ModalitySet> SubsetRows::selectedSet() const {
  const auto bits = view_->currentIndex().siblingAtColumn(0).data(SubsetTableModel::SetRole);
  if (!bits.isValid()) return std::nullopt;
  return ModalitySet::fromBits(static_cast<std::uint8_t>(bits.toUInt()));
}

void SubsetRows::choose(const QModelIndex& current) {
  const auto bits = current.siblingAtColumn(0).data(SubsetTableModel::SetRole);
  if (quiet_ || !bits.isValid()) return;
  if (const auto set = ModalitySet::fromBits(static_cast<std::uint8_t>(bits.toUInt())))
    Q_EMIT chosen(*set);
}

}  // namespace modascope
